// SPDX-License-Identifier: EUPL-1.2
// Datagrams that nobody asked for, against a call that goes on.
import { randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { hears, sees } from '../lib/browsers.mjs';
import { enter } from '../lib/peers.mjs';
import { must, newRoom, sleep, until } from '../lib/scenario.mjs';

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

export const stories = {
  async forged(use, kind) {
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

    const attackers = [...Array(8)].map((_, i) => createSocket('udp4').bind(0, `127.0.0.${20 + i}`));
    use({ close: () => attackers.forEach((each) => each.close()) });
    let answers = 0;
    for (const each of attackers) each.on('message', () => (answers += 1));
    const begin = Date.now();
    for (let sent = 0; sent < PACKETS; sent += 1) {
      attackers[sent % attackers.length].send(forged(ssrcs), PORT, '127.0.0.1');
      if (sent % 100 === 99) await sleep(Math.max(1, begin + (sent * 1000) / A_SECOND - Date.now()));
    }
    await sleep(500);
    const after = await stats();
    for (let i = 0; i < after.length; i += 1) {
      const came = after[i].packets - before[i].packets;
      const lost = after[i].lost - before[i].lost;
      must(came > 20 && lost <= MOST_LOST * came, `${lost} of ${came} packets lost`);
    }
    must(answers === 0, `nobody is answered: ${answers}`);
    await hears(listener, 'talker', 440);
    const { frames } = after.find((each) => each.frames > 0);
    await until('the picture goes on', async () => (await stats()).some((each) => each.frames > frames + 5));
    return { packets: PACKETS, seconds: (Date.now() - begin) / 1000 };
  },
};
