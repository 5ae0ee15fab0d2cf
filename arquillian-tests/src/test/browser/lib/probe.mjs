// SPDX-License-Identifier: EUPL-1.2
// A participant that replays recordings (media/record.mjs) instead of encoding, so that many of them cost little: simulcast VP8 whose layers have SSRCs,
// and Opus. ICE, DTLS and SRTP are werift's. A request for a key frame begins the recording of that layer anew; it sends no repairs.
import { readFile } from 'node:fs/promises';
import { AddTrackRequest, Ping, SessionDescription, TrackSource, TrackType, VideoLayer, VideoQuality } from '@livekit/protocol';
import { PictureLossIndication, RTCPeerConnection, RtcpPayloadSpecificFeedback, RtcpSenderInfo, RtcpSrPacket, RtpHeader } from 'werift';
import { token } from './scenario.mjs';
import { Wire } from './wire.mjs';

const PAYLOAD = 1150;
const OPUS = 111;
const VP8 = 96;
const TICK = 5;
/** Of the frames of a recording, which repeat every four: temporal layer, and whether only the lowest one is needed for it. */
const TEMPORAL = [
  { tid: 0, sync: 0 },
  { tid: 2, sync: 1 },
  { tid: 1, sync: 1 },
  { tid: 2, sync: 0 },
];
const QUALITY = { 180: VideoQuality.LOW, 360: VideoQuality.MEDIUM, 720: VideoQuality.HIGH };

const random = (bits) => Math.floor(Math.random() * 2 ** bits);

/** Frames of an IVF file whose clock counts milliseconds, and how long it is. */
async function recording(name) {
  const file = await readFile(new URL(`../media/recording/${name}.ivf`, import.meta.url));
  const frames = [];
  for (let at = 32; at < file.length; ) {
    const length = file.readUInt32LE(at);
    frames.push({ at: file.readUInt32LE(at + 4), data: file.subarray(at + 12, at + 12 + length) });
    at += 12 + length;
  }
  return { frames, ms: frames.at(-1).at + frames.at(-1).at / (frames.length - 1), width: file.readUInt16LE(12), height: file.readUInt16LE(14) };
}

/** One SSRC that sends one recording again and again. */
class Stream {
  constructor(recorded, clock, payloadType) {
    Object.assign(this, { recorded, clock, payloadType, ssrc: 1 + random(31), sequence: random(15), picture: random(15), base: 0, packets: 0, octets: 0, sending: true });
    this.offset = random(31);
    this.#begin(Date.now());
  }

  #begin(now) {
    this.started = now;
    this.next = 0;
  }

  /** Packets that are due: [header, payload]. */
  *due(now) {
    while (now - this.started >= (this.recorded.frames[this.next]?.at ?? this.recorded.ms)) {
      if (this.next === this.recorded.frames.length) {
        this.#begin(this.started + this.recorded.ms);
        continue;
      }
      const frame = this.recorded.frames[this.next];
      const time = this.time(this.started + frame.at);
      yield* this.payloadType === VP8 ? this.#picture(frame.data, time) : [this.#packet(frame.data, time, this.packets === 0)];
      this.next += 1;
    }
  }

  *#picture(data, time) {
    const { tid, sync } = TEMPORAL[this.next % TEMPORAL.length];
    this.picture = (this.picture + 1) & 0x7fff;
    if (tid === 0) this.base = (this.base + 1) & 0xff;
    for (let at = 0; at < data.length; at += PAYLOAD) {
      const first = at === 0 ? 0x10 : 0;
      const descriptor = Buffer.from([0x80 | first, 0xe0, 0x80 | (this.picture >> 8), this.picture & 0xff, this.base, (tid << 6) | (sync << 5)]);
      yield this.#packet(Buffer.concat([descriptor, data.subarray(at, at + PAYLOAD)]), time, at + PAYLOAD >= data.length);
    }
  }

  #packet(payload, timestamp, marker) {
    this.sequence = (this.sequence + 1) & 0xffff;
    this.packets += 1;
    this.octets += payload.length;
    return [new RtpHeader({ payloadType: this.payloadType, sequenceNumber: this.sequence, timestamp, ssrc: this.ssrc, marker }), payload];
  }

  time(now) {
    return (this.offset + Math.round((now - Stream.epoch) * (this.clock / 1000))) >>> 0;
  }

  /** The next frame is the first of the recording, a key frame; not when one has just gone. */
  again(now) {
    if (this.next > 3) this.#begin(now);
  }

  report(now) {
    const seconds = now / 1000 + 2_208_988_800;
    const ntpTimestamp = (BigInt(Math.floor(seconds)) << 32n) | BigInt(Math.floor((seconds % 1) * 2 ** 32));
    return new RtcpSrPacket({
      ssrc: this.ssrc,
      senderInfo: new RtcpSenderInfo({ ntpTimestamp, rtpTimestamp: this.time(now), packetCount: this.packets, octetCount: this.octets }),
    });
  }
}
Stream.epoch = Date.now();

export class Probe {
  /** Enters a room; publishes nothing yet. */
  static async enter(room, identity) {
    // who may receive has to have a connection for that
    const wire = await Wire.open(token({ room, identity, grants: { canSubscribe: false } }));
    const { pingInterval } = await wire.first('join');
    return new Probe(wire, pingInterval);
  }

  constructor(wire, pingInterval) {
    this.wire = wire;
    this.tracks = [];
    this.alive = setInterval(() => wire.send('pingReq', new Ping({ timestamp: BigInt(Date.now()) })), pingInterval * 1000);
    wire.socket.on('message', () => this.#wanted(wire.messages.findLast((each) => each.case === 'subscribedQualityUpdate')?.value));
  }

  /** Announces a picture of these heights, the lowest first. @returns its sid */
  async addPicture(name, heights = [180, 360, 720]) {
    const streams = [];
    for (const height of heights) streams.push(new Stream(await recording(`video-${height}`), 90_000, VP8));
    const layers = streams.map(
      ({ recorded: { width, height }, ssrc }) => new VideoLayer({ quality: streams.length === 1 ? VideoQuality.HIGH : QUALITY[height], width, height, ssrc, bitrate: 1000 }),
    );
    const { width, height } = streams.at(-1).recorded;
    return this.#add(name, streams, { type: TrackType.VIDEO, source: TrackSource.CAMERA, width, height, layers });
  }

  async addTone(name) {
    return this.#add(name, [new Stream(await recording('tone'), 48_000, OPUS)], { type: TrackType.AUDIO, source: TrackSource.MICROPHONE });
  }

  async #add(name, streams, more) {
    const cid = `${name}-${random(31)}`;
    this.wire.send('addTrack', new AddTrackRequest({ cid, name, ...more }));
    const { track } = await this.#answer('trackPublished', (each) => each.cid === cid);
    this.tracks.push({ cid, sid: track.sid, streams, video: more.type === TrackType.VIDEO });
    return track.sid;
  }

  #answer(kind, fits) {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.wire.messages.find((each) => each.case === kind && fits(each.value));
        if (!found) return;
        this.wire.socket.off('message', look);
        resolve(found.value);
      };
      this.wire.socket.on('message', look);
      look();
    });
  }

  /** Negotiates what was announced, and sends from then on. */
  async start() {
    this.connection = new RTCPeerConnection({});
    for (const { video } of this.tracks) this.connection.addTransceiver(video ? 'video' : 'audio', { direction: 'sendonly' });
    await this.connection.setLocalDescription(await this.connection.createOffer());
    this.wire.send('offer', new SessionDescription({ type: 'offer', sdp: this.#described(this.connection.localDescription.sdp) }));
    const { sdp } = await this.wire.first('answer');
    await this.connection.setRemoteDescription({ type: 'answer', sdp });
    const [transport] = this.connection.dtlsTransports;
    while (transport.state !== 'connected') await new Promise((resolve) => setTimeout(resolve, 20));
    transport.onRtcp.subscribe((packet) => this.#asked(packet));
    let reported = 0;
    this.timer = setInterval(() => {
      const now = Date.now();
      const reports = now - reported >= 1000;
      if (reports) reported = now;
      for (const stream of this.#streams()) {
        for (const [header, payload] of stream.due(now)) if (stream.sending) void transport.sendRtp(payload, header);
        if (reports && stream.sending && stream.packets > 0) void transport.sendRtcp([stream.report(now)]);
      }
    }, TICK);
  }

  #streams() {
    return this.tracks.flatMap(({ streams }) => streams);
  }

  /** The library's transport with sections of our own: it knows nothing of what is sent. */
  #described(offer) {
    const [session, ...sections] = offer.split(/(?=^m=)/m);
    const kept = /^(c=|a=(mid|ice-|fingerprint|setup|candidate|end-of-candidates|rtcp-mux))/;
    return [
      session,
      ...sections.map((section, i) => {
        const { cid, streams, video } = this.tracks[i];
        const ssrcs = streams.map(({ ssrc }) => ssrc);
        return [
          `m=${video ? 'video' : 'audio'} 9 UDP/TLS/RTP/SAVPF ${video ? VP8 : OPUS}`,
          ...section.split('\r\n').filter((text) => kept.test(text)),
          'a=sendonly',
          `a=msid:- ${cid}`,
          ...(video ? [`a=rtpmap:${VP8} VP8/90000`, `a=rtcp-fb:${VP8} nack`, `a=rtcp-fb:${VP8} nack pli`] : [`a=rtpmap:${OPUS} opus/48000/2`]),
          ...(ssrcs.length > 1 ? [`a=ssrc-group:SIM ${ssrcs.join(' ')}`] : []),
          ...ssrcs.map((ssrc) => `a=ssrc:${ssrc} cname:${cid}`),
          '',
        ].join('\r\n');
      }),
    ].join('');
  }

  #asked(packet) {
    if (!(packet instanceof RtcpPayloadSpecificFeedback) || !(packet.feedback instanceof PictureLossIndication)) return;
    this.#streams()
      .find(({ ssrc }) => ssrc === packet.feedback.mediaSsrc)
      ?.again(Date.now());
  }

  /** Layers that nobody looks at rest; they come back with a key frame. */
  #wanted(update) {
    const track = this.tracks.find(({ sid }) => sid === update?.trackSid);
    for (const { quality, enabled } of update?.subscribedQualities ?? []) {
      const stream = track?.streams.find(({ recorded }) => QUALITY[recorded.height] === quality);
      if (!stream || track.streams.length === 1) continue;
      if (enabled && !stream.sending) stream.again(Date.now());
      stream.sending = enabled;
    }
  }

  close() {
    clearInterval(this.timer);
    clearInterval(this.alive);
    this.wire.close();
    void this.connection?.close();
  }
}
