/* SPDX-License-Identifier: EUPL-1.2 */

/* All examples on one page, and a meeting with people made of canvas: `/dev/gallery.html?meeting=7&screen`. */
import { createRoot } from "react-dom/client";
import { PreferencesProvider } from "../app/context";
import type { ExampleFile } from "../components/examples";
import { messages } from "../locales";
import { systemClock } from "../state/clock";
import { Devices } from "../state/devices/Devices";
import type { Feed, VideoFeed } from "../state/media/MediaRoom";
import { Meeting } from "../state/meeting/Meeting";
import { type Language, Preferences, type Theme } from "../state/Preferences";
import { MeetingView } from "../views/MeetingView";
import "../styles/base.css";
import "./gallery.css";
import { FakeRoom, FakeSocket, feed, type JoinPeer, joinSuccess, settle } from "./test/fakes";

const NAMES = ["Tom Reuter", "Aylin Demir", "Dr. Maria Weiß", "Jörg Öztürk", "Ole Hansen", "Gast Nord", "Svenja Brand"];
const drawings = new Map<string, VideoFeed>();
const query = new URLSearchParams(location.search);
const language = (query.get("language") ?? "de") as Language;
const preferences = new Preferences(undefined, [language]);
const theme = query.get("theme") as Theme | null;
document.documentElement.lang = language;
if (theme !== null) {
  document.documentElement.dataset.theme = theme;
}
const root = createRoot(document.getElementById("root") ?? document.body);

if (query.has("meeting")) {
  void meeting(Number(query.get("meeting"))).then((made) =>
    root.render(
      <PreferencesProvider preferences={preferences}>
        <MeetingView
          meeting={made}
          devices={new Devices(undefined, preferences)}
          copyLink={() => Promise.resolve()}
          text={messages[language]}
        />
      </PreferencesProvider>,
    ),
  );
} else {
  const files = import.meta.glob<ExampleFile>("../components/*/*.examples.tsx", { eager: true });
  const only = query.get("only");
  root.render(
    <PreferencesProvider preferences={preferences}>
      {Object.entries(files)
        .filter(([path]) => only === null || path.includes(`/${only}/`))
        .map(([path, { examples }]) => (
          <section key={path} className="gallery">
            <h2>{path.split("/")[2]}</h2>
            {Object.entries(examples).map(([name, example]) => (
              <figure key={name}>
                <figcaption className="muted">{name}</figcaption>
                {example}
              </figure>
            ))}
          </section>
        ))}
    </PreferencesProvider>,
  );
}

async function meeting(people: number): Promise<Meeting> {
  const peers = Array.from({ length: people - 1 }, (_, index): JoinPeer => ({
    id: `p${index}`,
    name: NAMES[index % NAMES.length] ?? "",
    kind: index === 4 ? "call_in" : "registered",
  }));
  let socket: FakeSocket | undefined;
  const made = new Meeting(
    {
      start: () => Promise.resolve({ token: "t", roomserver_address: "http://127.0.0.1" }),
      openSocket: (url) => (socket = new FakeSocket(url)),
      openRoom: (devices, listener) => {
        const room = new FakeRoom(devices, listener);
        room.others = peers.map((peer, index) => person(peer.id, index));
        const snapshot = room.snapshot.bind(room);
        room.snapshot = () => {
          const now = snapshot();
          const camera = room.on.has("camera") ? face("me", "#3b5d7a") : undefined;
          return { ...now, feeds: now.feeds.map((each) => (each.local ? { ...each, camera } : each)) };
        };
        return room;
      },
      clock: systemClock,
    },
    {
      title: "Haushaltsrunde 2027",
      microphone: !query.has("muted"),
      camera: !query.has("muted"),
      devices: { cameraId: "", microphoneId: "", speakerId: "" },
    },
  );
  made.join();
  await settle();
  socket?.opens();
  socket?.says("core", joinSuccess(peers, { event_info: { title: "Haushaltsrunde 2027" } }));
  await settle();
  chatter(socket, peers);
  if (query.has("panel")) {
    made.show(query.get("panel") === "chat" ? "chat" : "people");
  }
  if (query.has("lost")) {
    socket?.closes(1006);
  }
  return made;
}

function chatter(socket: FakeSocket | undefined, peers: readonly JoinPeer[]): void {
  const lines = ["Guten Morgen zusammen", "Die Unterlagen liegen unter https://intranet.example/haushalt", "Danke!"];
  lines.forEach((content, index) => {
    const source = peers[index % Math.max(1, peers.length)]?.id ?? "me";
    const at = new Date(Date.now() - 200_000 + index * 60_000).toISOString();
    socket?.says("chat", { message: "message_sent", id: `m${index}`, source, content, scope: "global" }, at);
  });
}

function person(id: string, index: number): Feed {
  const colours = ["#5f7f6a", "#7a5f7f", "#4f6f8f", "#8f6f4f", "#6a6f7f"];
  return feed({
    identity: `${id}:c`,
    microphoneOn: index % 3 !== 1,
    speaking: index === 0,
    quality: index === 5 ? "poor" : "good",
    camera: index % 4 === 3 || index === 4 ? undefined : face(id, colours[index % colours.length] ?? ""),
    screen: index === 0 && query.has("screen") ? slide() : undefined,
  });
}

function drawn(id: string, width: number, height: number, draw: (pen: CanvasRenderingContext2D) => void): VideoFeed {
  const known = drawings.get(id);
  if (known !== undefined) {
    return known;
  }
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  const paint = () => pen && draw(pen);
  paint();
  setInterval(paint, 200);
  const stream = canvas.captureStream(5);
  const result: VideoFeed = {
    id,
    attach: (element) => (element.srcObject = stream),
    detach: (element) => (element.srcObject = null),
  };
  drawings.set(id, result);
  return result;
}

function face(id: string, colour: string): VideoFeed {
  return drawn(id, 1280, 720, (pen) => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1280, 720);
    pen.fillStyle = "#00000022";
    pen.fillRect(0, 0, 420, 720);
    pen.fillStyle = "#e3c3a6";
    pen.beginPath();
    pen.ellipse(640, 310, 130, 170, 0, 0, 7);
    pen.fill();
    pen.fillStyle = "#26323d";
    pen.beginPath();
    pen.ellipse(640, 760, 330, 270, 0, 0, 7);
    pen.fill();
  });
}

function slide(): VideoFeed {
  return drawn("slide", 1600, 900, (pen) => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 1600, 900);
    pen.fillStyle = "#0e5a73";
    pen.fillRect(0, 0, 1600, 24);
    pen.font = "600 64px sans-serif";
    pen.fillText("Haushalt 2027: Ansätze der Referate", 90, 150);
    [420, 560, 310, 640, 480].forEach((height, index) => pen.fillRect(140 + index * 270, 820 - height, 170, height));
  });
}
