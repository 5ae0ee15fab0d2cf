// SPDX-License-Identifier: EUPL-1.2
// Statements of the media contract about layers: what receivers show decides what senders encode. Told with real clients.
import { hears, sees } from '../lib/browsers.mjs';
import { line } from '../lib/line.mjs';
import { enter } from '../lib/peers.mjs';
import { Probe } from '../lib/probe.mjs';
import { must, newRoom, sleep, tells, until } from '../lib/scenario.mjs';
import { slowTcp } from '../lib/slow.mjs';

const videoOf = async (peer, identity) => (await peer.report()).participants.find((each) => each.identity === identity)?.tracks.find((track) => track.kind === 'video');

/** The layers of a track that are sent within a second. */
async function sending(peer, sid) {
  const before = await peer.call('layers', sid);
  await sleep(1000);
  const after = await peer.call('layers', sid);
  return Object.keys(after)
    .filter((rid) => after[rid] > (before[rid] ?? 0))
    .sort()
    .join('');
}

const sends = (peer, sid, layers, ms = 30_000) => until(`the sender sends "${layers}"`, async () => (await sending(peer, sid)) === layers, ms);

/** Whether packets of a track arrive within this time. */
async function flows(peer, identity, ms) {
  const before = (await videoOf(peer, identity))?.stats?.packets ?? 0;
  await sleep(ms);
  return ((await videoOf(peer, identity))?.stats?.packets ?? 0) > before;
}

export const stories = {
  async layers(use, kind) {
    const room = newRoom();
    const talker = await enter(use, kind, room, { identity: 'talker' });
    const one = await enter(use, kind, room, { identity: 'one', options: { adaptiveStream: false } });
    const two = await enter(use, kind, room, { identity: 'two', options: { adaptiveStream: false } });
    const sid = await talker.call('publishPicture', {});
    await sees(one, 'talker');
    await sees(two, 'talker');
    await sends(talker, sid, 'fhq');

    for (const viewer of [one, two]) await viewer.call('quality', sid, 'LOW'); // MEDIA-28
    await sends(talker, sid, 'q');
    await until('the small picture', async () => (await videoOf(one, 'talker')).stats.height === 180);
    await one.call('quality', sid, 'HIGH');
    await sends(talker, sid, 'fhq');
    await until('the large picture', async () => (await videoOf(one, 'talker')).stats.height === 720);
    must((await videoOf(two, 'talker')).stats.height === 180, 'the other keeps the small one');
    tells('MEDIA-28');

    await one.call('quality', sid, 'MEDIUM');
    await sends(talker, sid, 'hq');
    await sees(two, 'talker');
    tells('MEDIA-29');

    const looker = await enter(use, kind, room, { identity: 'looker' });
    await sees(looker, 'talker');
    await looker.call('hide', sid);
    await until('nothing of a hidden picture arrives', async () => !(await flows(looker, 'talker', 1000)));
    const ms = await looker.call('show', sid);
    must(ms <= 1000, `the picture is there again within a second, not after ${ms} ms`);
    tells('MEDIA-30');

    await talker.call('unpublish', sid);
    const single = await talker.call('publishPicture', { simulcast: false, width: 640, height: 360 });
    for (const viewer of [one, two]) await until('the track', () => videoOf(viewer, 'talker'));
    await sends(talker, single, 'q');
    for (const viewer of [one, two, looker]) await viewer.call('enable', single, false);
    await sends(talker, single, '');
    await two.call('enable', single, true);
    await two.call('quality', single, 'LOW');
    await sends(talker, single, 'q');
    await sees(two, 'talker');
    tells('MEDIA-31');
  },

  /** Another codec while the first goes on, and a browser that cannot decode it. */
  async codecs(use, kind, without) {
    const room = newRoom();
    const talker = await enter(use, kind, room, { identity: 'talker' });
    const one = await enter(use, kind, room, { identity: 'one' });
    const poor = await enter(use, without, room, { identity: 'poor' });
    const face = await talker.call('publishPicture', { width: 640, height: 360 });
    await sees(one, 'talker');
    await sees(poor, 'talker');
    const shared = await talker.call('publishPicture', { name: 'shared', source: 'screen', width: 640, height: 360, codec: 'h264' });
    const stats = async (peer, sid) => (await peer.report()).participants[0].tracks.find((track) => track.sid === sid);
    await until('H264 is decoded', async () => (await stats(one, shared))?.stats?.frames > 10);
    must(/h264/i.test((await stats(one, shared)).mimeType), 'announced as H264');
    must(/h264/i.test((await stats(one, shared)).stats.codec), 'received as H264');
    tells('MEDIA-16');
    const { frames } = (await stats(one, face)).stats;
    await until('VP8 goes on', async () => (await stats(one, face)).stats.frames > frames + 10);
    await until('the other is told', async () => (await poor.events()).some(([name]) => name === 'TrackSubscriptionFailed'));
    await sees(poor, 'talker');
    tells('MEDIA-17');
    await talker.call('unpublish', shared);
    const later = await talker.call('publishPicture', { name: 'later', source: 'screen', width: 640, height: 360 });
    await until('a later VP8 track arrives there', async () => (await stats(poor, later))?.stats?.frames > 10);
    await talker.call('unpublish', later);
    const both = await talker.call('publishPicture', { name: 'both', source: 'screen', width: 640, height: 360, codec: 'h264', ready: 'vp8' });
    await until('who can gets H264', async () => (await stats(one, both))?.stats?.frames > 10);
    await until('who cannot gets VP8', async () => (await stats(poor, both))?.stats?.frames > 10);
    must(/h264/i.test((await stats(one, both)).stats.codec), 'still received as H264');
    must(/vp8/i.test((await stats(poor, both)).stats.codec), 'received as VP8');
    tells('both');
  },

  /** A screen that is shared, not shared and shared again, by the same connection. */
  async again(use, kind) {
    const room = newRoom();
    const talker = await enter(use, kind, room, { identity: 'talker' });
    const viewer = await enter(use, kind, room, { identity: 'viewer' });
    for (let i = 0; i < 3; i++) {
      const sid = await talker.call('publishPicture', { width: 640, height: 360, source: 'screen' });
      await sees(viewer, 'talker');
      await talker.call('unpublish', sid);
      await until('it is gone', async () => (await viewer.report()).participants[0].tracks.length === 0);
    }
    must(!(await talker.events()).some(([name]) => /Reconnect/.test(name)), 'without a new connection');
  },

  /** Two watch one sender, one of them over a line that becomes narrow and wide again. */
  async narrow(use, kind) {
    const room = newRoom();
    const bad = use(await line());
    const talker = await enter(use, kind, room, { identity: 'talker' });
    const options = { adaptiveStream: false };
    const wide = await enter(use, kind, room, { identity: 'wide', options });
    const narrow = await enter(use, kind, room, { identity: 'narrow', options, detour: bad.port });
    await talker.call('publishPicture', { width: 640, height: 360, busy: true });
    await talker.call('publishTone', {});
    const height = async (peer) => (await videoOf(peer, 'talker'))?.stats?.height;
    const both = async () => (await height(wide)) === 360 && (await height(narrow)) === 360;
    await until('the large picture for both', both, 30_000);
    await until('it takes the detour', async () => (await bad.stats()).down.offered > 100);

    const rate = async () => {
      const before = (await videoOf(narrow, 'talker')).stats.bytes;
      await sleep(2000);
      return ((await videoOf(narrow, 'talker')).stats.bytes - before) / 250; // kbit/s
    };
    await until('as much as the large picture needs', async () => (await rate()) > 330, 45_000);
    await bad.change({ downKbit: 300, queueMs: 300, delayMs: 20 });
    await until('a smaller picture', async () => (await height(narrow)) === 180, 20_000);
    must(await flows(narrow, 'talker', 2000), 'which moves');
    must((await height(wide)) === 360, 'the other keeps the large one');
    await bad.change({ downKbit: null });
    await until('the large one again', both, 45_000); // ten seconds on a machine that is not busy
    tells('MEDIA-32');
  },

  /** One watches over TCP, whose line becomes narrow and wide again: it gets less, not the same later. */
  async 'slow-tcp'(use, kind) {
    const room = newRoom();
    const slow = use(await slowTcp());
    const talker = use(await Probe.enter(room, 'talker'));
    await talker.addPicture('picture');
    await talker.addTone('tone');
    await talker.start();
    const viewer = await enter(use, kind, room, { identity: 'viewer', options: { adaptiveStream: false }, overTcp: slow.port });
    const height = async () => (await videoOf(viewer, 'talker'))?.stats?.height;
    await until('the large picture', async () => (await height()) === 720, 30_000);
    await until('it comes by the line that will be slow', () => slow.carried() > 100_000);
    slow.kbit(600);
    await until('a smaller picture', async () => (await height()) === 180, 20_000);
    await sleep(5000);
    const before = (await viewer.report()).participants[0].tracks.find((each) => each.kind === 'audio').stats;
    must(await flows(viewer, 'talker', 3000), 'which moves');
    const after = (await viewer.report()).participants[0].tracks.find((each) => each.kind === 'audio').stats;
    const concealed = (after.concealed - before.concealed) / (after.samples - before.samples);
    must(concealed < 0.05, `sound without gaps, not ${concealed}`);
    await hears(viewer, 'talker', 440);
    slow.kbit(null);
    await until('the large one again', async () => (await height()) === 720, 45_000);
    return { concealed };
  },

  /** Sound and layers that the server cannot read, and somebody without the key. */
  async encrypted(use, ...kinds) {
    const room = newRoom();
    const options = { adaptiveStream: false, words: 'only we know' };
    const talker = await enter(use, kinds[0], room, { identity: 'talker', options });
    const friend = await enter(use, kinds[1], room, { identity: 'friend', options });
    const stranger = await enter(use, kinds[0], room, { identity: 'stranger', options: { ...options, words: 'or we do not' } });
    await talker.call('publishPicture', { width: 640, height: 360 });
    await talker.call('publishTone', {});
    await sees(friend, 'talker');
    await hears(friend, 'talker', 440);
    const { sid } = await videoOf(friend, 'talker');
    must((await videoOf(friend, 'talker')).encrypted, 'announced as encrypted');
    const height = async () => (await videoOf(friend, 'talker'))?.stats?.height;
    await until('the large picture', async () => (await height()) === 360, 30_000);
    await friend.call('quality', sid, 'LOW');
    await until('the small one', async () => (await height()) === 180);
    await friend.call('quality', sid, 'HIGH');
    await until('the large one again', async () => (await height()) === 360, 30_000);
    must(await flows(friend, 'talker', 2000), 'which moves');
    const blind = async () => (await videoOf(stranger, 'talker')).stats;
    await until('packets come without the key', async () => (await blind()).packets > 50);
    must((await blind()).frames === 0, 'no picture without the key');
    const noise = await stranger.call('tone', 'talker');
    must(!(noise?.decibel > -60), `nothing to hear without the key: ${JSON.stringify(noise)}`);
  },

  async many(use, kind) {
    const room = newRoom();
    const talker = await enter(use, kind, room, { identity: 'talker' });
    const listener = await enter(use, kind, room, { identity: 'listener' });
    for (let i = 0; i < 10; i++) {
      await talker.call('publishTone', { hertz: 300 + 100 * i, name: `tone ${i}`, source: i === 0 ? 'microphone' : 'screen' });
      await talker.call('publishPicture', { name: `picture ${i}`, width: 160, height: 90, hue: 36 * i, simulcast: false, source: i === 0 ? 'camera' : 'screen' });
    }
    const arrived = async () => {
      const tracks = (await listener.report()).participants[0].tracks;
      return tracks.length === 20 && tracks.every((track) => track.stats?.packets > 10 && (track.kind === 'audio' || track.stats.frames > 2)) && tracks;
    };
    const tracks = await until('ten tones and ten pictures', arrived, 40_000);
    must(new Set(tracks.map((track) => track.sid)).size === 20, 'twenty different tracks');
    tells('MEDIA-22');

    const { sid } = tracks.find((track) => track.name === 'picture 0');
    await listener.call('subscribe', sid, false);
    await until('it is gone', async () => !(await listener.report()).participants[0].tracks.find((track) => track.sid === sid).subscribed);
    await listener.call('subscribe', sid, true);
    await until('its frames come again', async () => (await listener.report()).participants[0].tracks.find((track) => track.sid === sid).stats?.frames > 2, 5000);
    tells('MEDIA-23');
  },
};
