/* SPDX-License-Identifier: EUPL-1.2 */
import { type CSSProperties, useEffect, useRef, useState } from "react";
import { useText } from "../../app/context";
import { grid } from "../../state/meeting/layout";
import type { StageState } from "../../state/meeting/Stage";
import { Tile } from "../Tile/Tile";
import "./Stage.css";

const GAP = 8;

interface Props {
  readonly stage: StageState;
  readonly onPin: (key: string) => void;
}

/** Everybody in a grid that fills the area, or one large picture with the others beside it. */
export function Stage({ stage, onPin }: Props) {
  const text = useText();
  const { main, tiles } = stage;
  return (
    <section className={main ? "stage stage-focus" : "stage"} aria-label={text.meeting.stage}>
      {main && (
        <div className="stage-main">
          <Tile key={main.key} tile={main} large onPin={() => onPin(main.key)} />
        </div>
      )}
      {main ? (
        <ul className="stage-strip">
          {tiles.map((tile) => (
            <li key={tile.key}>
              <Tile tile={tile} large={false} onPin={() => onPin(tile.key)} />
            </li>
          ))}
        </ul>
      ) : (
        <TileGrid stage={stage} onPin={onPin} />
      )}
    </section>
  );
}

function TileGrid({ stage: { tiles }, onPin }: Props) {
  const area = useRef<HTMLUListElement>(null);
  const { width, height } = useSize(area);
  const cell = grid(tiles.length, width, height, GAP);
  return (
    <ul ref={area} className="stage-grid" style={{ "--gap": `${GAP}px` } as CSSProperties}>
      {width > 0 &&
        tiles.map((tile) => (
          <li key={tile.key} style={{ width: cell.width, height: cell.height }}>
            <Tile tile={tile} large={false} onPin={() => onPin(tile.key)} />
          </li>
        ))}
    </ul>
  );
}

/** Inner size of an element, whenever it changes. */
function useSize(element: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const target = element.current;
    if (target === null) {
      return undefined;
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) {
        setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) });
      }
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
