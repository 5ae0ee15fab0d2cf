// SPDX-License-Identifier: EUPL-1.2
// A participant on another WebRTC stack: @livekit/rtc-node, libwebrtc without a browser.
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
  VideoStream,
} from '@livekit/rtc-node';
import { sleep } from './scenario.mjs';

const RATE = 48_000;

/** Share of the energy at this frequency (Goertzel), 0 to 1. */
function share(samples, hertz) {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let [one, two, energy] = [0, 0, 0];
  for (const sample of samples) {
    [one, two] = [sample + coefficient * one - two, one];
    energy += sample * sample;
  }
  return energy === 0 ? 0 : (one * one + two * two - coefficient * one * two) / ((energy * samples.length) / 2);
}

/** What the library cannot open any more, because its track has just ended, has nothing in it. */
function opened(open) {
  try {
    return open();
  } catch {
    return [];
  }
}

export class NativePeer {
  constructor() {
    this.room = new Room();
    this.audio = new Map();
    this.frames = new Map();
    this.tracks = new Map();
    this.running = true;
    this.room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
      this.tracks.set(publication.sid, participant.identity);
      void (track.kind === TrackKind.KIND_AUDIO ? this.#listen(track, participant.identity) : this.#watch(track, participant.identity));
    });
    this.room.on(RoomEvent.TrackUnsubscribed, (track, publication) => this.tracks.delete(publication.sid));
  }

  async connect(url, token, options = {}) {
    await this.room.connect(url, token, { autoSubscribe: true, dynacast: false, ...options });
    return { identity: this.room.localParticipant.identity, sid: this.room.localParticipant.sid };
  }

  async #listen(track, identity) {
    const stream = opened(() => new AudioStream(track, RATE, 1));
    for await (const frame of stream) {
      const kept = [...(this.audio.get(identity) ?? []), ...frame.data].slice(-RATE / 2);
      this.audio.set(identity, kept);
    }
  }

  async #watch(track, identity) {
    const stream = opened(() => new VideoStream(track));
    for await (const event of stream) {
      const data = event.frame.data;
      const seen = this.frames.get(identity) ?? { count: 0, pictures: new Set() };
      seen.count += 1;
      if (seen.pictures.size < 5) seen.pictures.add(Buffer.from(data.subarray(0, data.length)).filter((_, i) => i % 997 === 0).toString('hex'));
      this.frames.set(identity, seen);
    }
  }

  async publishTone({ hertz = 440 } = {}) {
    const source = new AudioSource(RATE, 1);
    const track = LocalAudioTrack.createAudioTrack('tone', source);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    const publication = await this.room.localParticipant.publishTrack(track, options);
    void (async () => {
      for (let at = 0; this.running; at += RATE / 100) {
        const samples = Int16Array.from({ length: RATE / 100 }, (_, i) => Math.round(9000 * Math.sin((2 * Math.PI * hertz * (at + i)) / RATE)));
        await source.captureFrame(new AudioFrame(samples, RATE, 1, samples.length));
      }
    })();
    return publication.sid;
  }

  async publishPicture({ width = 640, height = 360 } = {}) {
    const source = new VideoSource(width, height);
    const track = LocalVideoTrack.createVideoTrack('picture', source);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_CAMERA;
    const publication = await this.room.localParticipant.publishTrack(track, options);
    void (async () => {
      for (let step = 0; this.running; step += 1) {
        const data = new Uint8Array(width * height * 4);
        for (let i = 0; i < data.length; i += 4) {
          data[i] = (step * 8) & 255;
          data[i + 1] = ((i >> 2) % width) & 255;
          data[i + 2] = 128;
          data[i + 3] = 255;
        }
        source.captureFrame(new VideoFrame(data, width, height, VideoBufferType.RGBA));
        await sleep(50);
      }
    })();
    return publication.sid;
  }

  hearsNow(identity, hertz) {
    const samples = this.audio.get(identity);
    return Boolean(samples && samples.length >= RATE / 4 && share(samples, hertz) > 0.5);
  }

  seesNow(identity) {
    const seen = this.frames.get(identity);
    return Boolean(seen && seen.count > 10 && seen.pictures.size > 1);
  }

  participants() {
    return [...this.room.remoteParticipants.values()].map((each) => each.identity);
  }

  async close() {
    this.running = false;
    await this.room.disconnect();
  }
}
