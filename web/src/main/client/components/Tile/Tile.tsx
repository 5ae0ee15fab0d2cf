/* SPDX-License-Identifier: EUPL-1.2 */
import { useEffect, useRef } from "react";
import { useText } from "../../app/context";
import type { VideoFeed } from "../../state/media/MediaRoom";
import type { Tile as TileState } from "../../state/meeting/Stage";
import { Avatar } from "../Avatar/Avatar";
import { Icon } from "../Icon/Icon";
import "./Tile.css";

interface Props {
  readonly tile: TileState;
  readonly large: boolean;
  readonly onPin: () => void;
}

/** One person or one shared screen. */
export function Tile({ tile, large, onPin }: Props) {
  const text = useText();
  const { name, me, kind, video } = tile;
  const caption =
    kind === "screen"
      ? me
        ? text.meeting.myScreen
        : text.meeting.screenOf(name)
      : me
        ? text.meeting.youName(name)
        : name;
  const classes = ["tile", tile.speaking && "tile-speaking", kind === "screen" && "tile-screen", large && "tile-large"];
  return (
    <article
      className={classes.filter(Boolean).join(" ")}
      aria-label={caption}
      data-testid="tile"
      data-kind={kind}
      data-identity={tile.identity}
      data-participant={tile.participant}
      data-speaking={tile.speaking}
      data-microphone={tile.microphoneOn ? "on" : "off"}
      data-video={video ? "on" : "off"}
    >
      {video ? (
        <FeedVideo key={video.id} feed={video} mirrored={me && kind === "person"} />
      ) : (
        <div className="tile-empty">
          <Avatar id={tile.participant} name={name} size="fill" />
        </div>
      )}
      <div className="tile-label">
        {kind === "person" && !tile.microphoneOn && (
          <span className="tile-muted">
            <Icon name="microphoneOff" size="s" />
            <span className="sr-only">{text.meeting.muted}</span>
          </span>
        )}
        {tile.speaking && (
          <span className="tile-voice">
            <Icon name="sound" size="s" />
            <span className="sr-only">{text.meeting.speaking}</span>
          </span>
        )}
        {tile.phone && (
          <>
            <Icon name="phone" size="s" />
            <span className="sr-only">{text.meeting.phone}</span>
          </>
        )}
        {(tile.quality === "poor" || tile.quality === "lost") && (
          <span className="tile-poor" title={text.meeting.poor}>
            <Icon name="signal" size="s" />
            <span className="sr-only">{text.meeting.poor}</span>
          </span>
        )}
        <span className="tile-name">{caption}</span>
      </div>
      <button
        type="button"
        className="tile-pin"
        onClick={onPin}
        aria-pressed={large}
        title={large ? text.meeting.unpin(name) : text.meeting.pin(name)}
      >
        <Icon name="pin" size="s" />
        <span className="sr-only">{text.meeting.pin(name)}</span>
      </button>
    </article>
  );
}

function FeedVideo({ feed, mirrored }: { feed: VideoFeed; mirrored: boolean }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (video === null) {
      return undefined;
    }
    feed.attach(video);
    return () => feed.detach(video);
  }, [feed]);
  return (
    <video ref={element} className={mirrored ? "tile-video tile-mirrored" : "tile-video"} autoPlay playsInline muted />
  );
}
