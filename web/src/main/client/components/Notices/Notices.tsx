/* SPDX-License-Identifier: EUPL-1.2 */
import { useText } from "../../app/context";
import type { Messages } from "../../locales";
import type { Notice, ShownNotice } from "../../state/meeting/Notices";
import { Icon, type IconName } from "../Icon/Icon";
import "./Notices.css";

/** Short messages over the pictures, and the live region that reads them out. Always in the page, even when empty. */
export function Notices({ shown }: { shown: readonly ShownNotice[] }) {
  const text = useText();
  return (
    <div className="notices" role="log" aria-live="polite" aria-label={text.notices.region} data-testid="notices">
      {shown.map(({ id, notice }) => (
        <p key={id} className="notice">
          <Icon name={iconOf(notice)} size="s" />
          <span>{words(notice, text)}</span>
        </p>
      ))}
    </div>
  );
}

function iconOf(notice: Notice): IconName {
  switch (notice.kind) {
    case "message":
    case "chatOff":
    case "chatOn":
      return "chat";
    case "mutedBy":
      return "microphoneOff";
    case "linkCopied":
      return "check";
    case "shareEnded":
      return "screenOff";
    default:
      return "people";
  }
}

const LONGEST = 120;

function words(notice: Notice, text: Messages): string {
  const { notices, common } = text;
  switch (notice.kind) {
    case "joined":
    case "left":
      return notices[notice.kind](several(notice.names, common), notice.names.length);
    case "message": {
      const short = notice.text.length > LONGEST ? `${notice.text.slice(0, LONGEST)} …` : notice.text;
      return notice.direct ? notices.direct(notice.name, short) : notices.message(notice.name, short);
    }
    case "mutedBy":
      return notices.mutedBy(notice.name);
    default:
      return notices[notice.kind];
  }
}

/** Two names at most: thirty people who arrive together are not read out one by one. */
function several(names: readonly string[], common: Messages["common"]): string {
  const rest = names.length - 2;
  return rest <= 0 ? common.and(names) : common.and([...names.slice(0, 2), common.others(rest)]);
}
