// SPDX-License-Identifier: EUPL-1.2
// Datagrams that nobody asked for, against a call that goes on.
import { randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { hears, sees } from '../lib/browsers.mjs';
import { enter } from '../lib/peers.mjs';
import { must, newRoom, sleep, token, until } from '../lib/scenario.mjs';
import { Wire } from '../lib/wire.mjs';

const PORT = Number(process.env.PLENUM_MEDIA_PORT ?? 10000);
const PACKETS = Number(process.env.PLENUM_FORGED_PACKETS ?? 20_000);
const A_SECOND = 10_000;
const MOST_LOST = 0.001;

/** One of each kind that RFC 7983 tells apart: STUN, DTLS, RTP, RTCP; half of them damaged. @param ssrcs that exist */
function forged(ssrcs) {
  const ssrc = ssrcs[randomInt(ssrcs.length)];
  const packet = [
    () => Buffer.concat([Buffer.from('000100082112a442', 'hex'), randomBytes(12), Buffer.from('0025000000240004', 'hex')]),
    () => Buffer.concat([Buffer.from('16fefd0000000000000000003001000024', 'hex'), randomBytes(36)]),
    () => {
      const rtp = Buffer.concat([Buffer.from([0x80, [96, 97, 111, 63][randomInt(4)]]), randomBytes(6), Buffer.alloc(4), randomBytes(randomInt(20, 1100))]);
      rtp.writeUInt32BE(ssrc, 8);
      return rtp;
    },
    () => {
      const rtcp = Buffer.concat([Buffer.from([0x81, [200, 201, 205, 206][randomInt(4)], 0, 7]), Buffer.alloc(4), randomBytes(60)]);
      rtcp.writeUInt32BE(ssrc, 4);
      return rtcp;
    },
  ][randomInt(4)]();
  if (randomInt(2) === 0) packet[randomInt(packet.length)] ^= 1 << randomInt(8);
  return packet;
}

/** A call that an attack must not cost anything. @param attack sends at the port, and is told which streams exist */
async function attacked(use, kind, attack) {
  const room = newRoom();
  const talker = await enter(use, kind, room, { identity: 'talker' });
  const listener = await enter(use, kind, room, { identity: 'listener', options: { adaptiveStream: false } });
  await talker.call('publishTone', { hertz: 440 });
  await talker.call('publishPicture', { width: 640, height: 360 });
  await hears(listener, 'talker', 440);
  await sees(listener, 'talker');
  const stats = async () => (await listener.report()).participants[0].tracks.map((track) => track.stats);
  const ssrcs = (await stats()).map((each) => each.ssrc);
  must(ssrcs.every((each) => each > 0), 'the streams are known');
  await sleep(2000);
  const before = await stats();
  const begin = Date.now();
  await attack(ssrcs);
  const seconds = (Date.now() - begin) / 1000;
  await sleep(500);
  const after = await stats();
  for (let i = 0; i < after.length; i += 1) {
    const came = after[i].packets - before[i].packets;
    const lost = after[i].lost - before[i].lost;
    must(came > 20 && lost <= MOST_LOST * came, `${lost} of ${came} packets lost`);
  }
  await hears(listener, 'talker', 440);
  const { frames } = after.find((each) => each.frames > 0);
  await until('the picture goes on', async () => (await stats()).some((each) => each.frames > frames + 5));
  return { packets: PACKETS, seconds };
}

/** Sends as many as are asked for, not faster than that. @param next sends one */
async function steadily(next) {
  const begin = Date.now();
  for (let sent = 0; sent < PACKETS; sent += 1) {
    next(sent);
    if (sent % 100 === 99) await sleep(Math.max(1, begin + (sent * 1000) / A_SECOND - Date.now()));
  }
}

const attribute = (type, value) => {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
};

/** An Allocate request (RFC 8656 section 7.1), with a guess at its integrity once there is a nonce. */
function allocate(nonce) {
  const attributes = [attribute(0x0019, Buffer.from([17, 0, 0, 0]))];
  if (nonce) {
    attributes.push(attribute(0x0006, Buffer.from('9999999999:PA_guess')), attribute(0x0014, Buffer.from('plenum')), attribute(0x0015, nonce), attribute(0x0008, randomBytes(20)));
  }
  const body = Buffer.concat(attributes);
  const head = Buffer.from('000300002112a442', 'hex');
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, randomBytes(12), body]);
}

/** @return the value of an attribute of a STUN message, undefined without it */
function find(message, type) {
  for (let at = 20; at + 4 <= message.length; at += 4 + Math.ceil(message.readUInt16BE(at + 2) / 4) * 4) {
    if (message.readUInt16BE(at) === type) return message.subarray(at + 4, at + 4 + message.readUInt16BE(at + 2));
  }
  return undefined;
}

export const stories = {
  async forged(use, kind) {
    const attackers = [...Array(8)].map((_, i) => createSocket('udp4').bind(0, `127.0.0.${20 + i}`));
    use({ close: () => attackers.forEach((each) => each.close()) });
    let answers = 0;
    for (const each of attackers) each.on('message', () => (answers += 1));
    const result = await attacked(use, kind, (ssrcs) => steadily((sent) => attackers[sent % attackers.length].send(forged(ssrcs), PORT, '127.0.0.1')));
    must(answers === 0, `nobody is answered: ${answers}`);
    return result;
  },

  /** Somebody guesses at passwords of the relay. */
  async guessed(use, kind) {
    const wire = use(await Wire.open(token({ room: newRoom() })));
    const [server] = (await wire.first('join')).iceServers;
    const port = Number(server.urls.find((url) => url.includes('transport=udp')).match(/:(\d+)\?/)[1]);
    const attacker = use(createSocket('udp4'));
    const codes = new Map();
    let nonce;
    attacker.on('message', (answer) => {
      nonce ??= find(answer, 0x0015);
      const error = find(answer, 0x0009);
      const code = error ? error[2] * 100 + error[3] : 'success';
      codes.set(code, (codes.get(code) ?? 0) + 1);
    });
    attacker.send(allocate(), port, '127.0.0.1');
    await until('the relay tells its nonce', () => nonce);
    const result = await attacked(use, kind, () => steadily(() => attacker.send(allocate(nonce), port, '127.0.0.1')));
    must([...codes.keys()].every((code) => code === 401), `nothing but 401: ${[...codes.keys()]}`);
    must(codes.get(401) > PACKETS / 2, `the guesses were looked at: ${codes.get(401)}`);
    return result;
  },
};
