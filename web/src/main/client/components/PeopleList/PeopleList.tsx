/* SPDX-License-Identifier: EUPL-1.2 */
import { useText } from "../../app/context";
import type { Person } from "../../state/meeting/People";
import type { Tile } from "../../state/meeting/Stage";
import { Avatar } from "../Avatar/Avatar";
import { Icon } from "../Icon/Icon";
import "./PeopleList.css";

interface Props {
  readonly people: readonly Person[];
  /** Where microphone and camera of a person are known from. */
  readonly tiles: readonly Tile[];
}

export function PeopleList({ people, tiles }: Props) {
  const text = useText();
  return (
    <ul className="people" aria-label={text.people.list} tabIndex={0} data-testid="people">
      {people.map((person) => {
        const tile = tiles.find((each) => each.kind === "person" && each.participant === person.id);
        return (
          <li key={person.id} className="person" data-participant={person.id}>
            <Avatar id={person.id} name={person.name} />
            <span className="person-text">
              <span className="person-name">{person.me ? text.meeting.youName(person.name) : person.name}</span>
              {person.moderator && <span className="person-role">{text.meeting.moderator}</span>}
              {tile?.phone && <span className="person-role">{text.meeting.phone}</span>}
            </span>
            {tile && (
              <span className={tile.microphoneOn ? "person-state" : "person-state person-muted"}>
                <Icon name={tile.microphoneOn ? "microphone" : "microphoneOff"} size="s" />
                {!tile.microphoneOn && <span className="sr-only">{text.meeting.muted}</span>}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
