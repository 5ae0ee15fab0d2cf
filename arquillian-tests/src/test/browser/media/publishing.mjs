// SPDX-License-Identifier: EUPL-1.2
// Statements of the media contract about publishing and subscribing, each told with real clients.
import { AddTrackRequest, RequestResponse_Reason, TrackSource, TrackType } from '@livekit/protocol';
import { FIREFOX_HERTZ, hears, sees } from '../lib/browsers.mjs';
import { enter } from '../lib/peers.mjs';
import { must, newRoom, server, sleep, token, until } from '../lib/scenario.mjs';
import { Wire } from '../lib/wire.mjs';

const tracksOf = async (peer, identity) => (await peer.report()).participants.find((each) => each.identity === identity)?.tracks ?? [];
const subscribed = (peer, identity, count) =>
  until(`${count} tracks of ${identity}`, async () => {
    const tracks = await tracksOf(peer, identity);
    return tracks.length === count && tracks.every((track) => track.subscribed) && tracks;
  });

export const stories = {
  async 'MEDIA-11'(use, kind) {
    const room = newRoom();
    const talker = await enter(use, kind, room);
    const listener = await enter(use, kind, room);
    await talker.call('publishTone', {});
    await talker.call('publishPicture', {});
    const tracks = await subscribed(listener, talker.identity, 2);
    for (const track of tracks) {
      must(track.stream.startsWith(talker.sid), `the stream ${track.stream} begins with ${talker.sid}`);
      const ids = kind.startsWith('firefox') ? [track.sid] : [track.sid, track.mediaId]; // Firefox names received tracks itself
      must(ids.every((id) => id.startsWith('TR')), `ids begin with TR (${track.sid}, ${track.mediaId})`);
    }
    await sleep(1000);
    must((await tracksOf(listener, talker.identity)).length === 2, 'exactly two');
  },

  async 'MEDIA-12'(use, kind) {
    const room = newRoom();
    const talker = await enter(use, kind, room);
    const listener = await enter(use, kind, room);
    await talker.call('publishTone', { name: 'voice' });
    await talker.call('publishPicture', { name: 'face' });
    const tracks = await subscribed(listener, talker.identity, 2);
    const [voice, face] = ['voice', 'face'].map((name) => tracks.find((track) => track.name === name));
    must(voice?.source === 'microphone' && /^audio\/(opus|red)$/i.test(voice.mimeType), `voice: ${JSON.stringify(voice)}`);
    must(face?.source === 'camera' && /^video\/vp8$/i.test(face.mimeType), `face: ${JSON.stringify(face)}`);
  },

  async 'MEDIA-13'(use, kind) {
    const room = newRoom();
    const talker = await enter(use, kind, room);
    await talker.call('publishTone', {});
    await talker.call('publishPicture', {});
    await subscribed(await enter(use, kind, room), talker.identity, 2);
    const third = await enter(use, kind, room);
    await subscribed(third, talker.identity, 2);
    await hears(third, talker.identity, 440);
    await sees(third, talker.identity);
  },

  async 'MEDIA-14'(use, kind) {
    const gauge = async () => Number(/^plenum_media_signal_subscriptions (\d+)/m.exec(await (await fetch(`${server.base}/metrics`)).text())[1]);
    await until('who was here before is gone', async () => (await gauge()) === 0, 70_000); // a killed browser counts until it is missed
    const room = newRoom();
    const talker = await enter(use, kind, room);
    await talker.call('publishTone', {});
    const listener = await enter(use, kind, room);
    await subscribed(listener, talker.identity, 1);
    await until('one subscription', async () => (await gauge()) === 1, 3000); // the counters are published once a second
    await listener.call('leave');
    await until('no subscription is left', async () => (await gauge()) === 0, 3000);
  },

  /** A talker stays, others come, hear him, talk and go, one after the other. */
  async crowd(use, kind, times) {
    const room = newRoom();
    const talker = await enter(use, kind, room, { identity: 'talker' });
    await talker.publishTone({ hertz: 440 });
    for (let visit = 0; visit < Number(times); visit++) {
      const visitor = await enter(use, kind, room, { identity: `visitor ${visit}` });
      await visitor.publishTone({ hertz: 620 });
      await until(`visitor ${visit} hears the talker`, () => visitor.hearsNow('talker', 440));
      await visitor.close();
    }
    await talker.close();
  },

  async 'MEDIA-19'(use, kind) {
    const room = newRoom();
    const talker = await enter(use, kind, room);
    await talker.call('publishMutedTone');
    const listener = await enter(use, kind, room);
    const [track] = await subscribed(listener, talker.identity, 1);
    must(track.muted, 'announced as muted');
    await talker.call('mute', track.sid, false);
    await hears(listener, talker.identity, 440);
  },

  async 'MEDIA-20'(use, kind) {
    const room = newRoom();
    const listener = await enter(use, kind, room);
    const talker = await enter(use, kind, room, { identity: 'returning' });
    await talker.call('publishTone', {});
    const [old] = await subscribed(listener, 'returning', 1);
    await talker.call('leave');
    await until('the old track is gone', async () => (await tracksOf(listener, 'returning')).length === 0);
    const again = await enter(use, kind, room, { identity: 'returning' });
    await again.call('publishTone', { hertz: 620 });
    const [fresh] = await subscribed(listener, 'returning', 1);
    must(fresh.sid !== old.sid, 'a new track');
    await hears(listener, 'returning', 620);
  },

  async 'MEDIA-21'(use, kind) {
    const room = newRoom();
    const one = await enter(use, kind, room);
    const two = await enter(use, kind, room);
    await one.call('publishTone', { hertz: 440 });
    await hears(two, one.identity, 440);
    await two.call('publishTone', { hertz: 620 }); // publishes while it receives
    await hears(one, two.identity, 620); // receives while it publishes
    await hears(two, one.identity, 440);
  },

  async 'MEDIA-25'(use) {
    const wire = use(await Wire.open(token({ room: newRoom(), grants: { canPublishSources: ['camera'] } })));
    await wire.first('join');
    wire.send('addTrack', new AddTrackRequest({ cid: 'c1', name: 'forbidden', type: TrackType.AUDIO, source: TrackSource.MICROPHONE }));
    const refusal = await wire.first('requestResponse');
    must(refusal.reason === RequestResponse_Reason.NOT_ALLOWED, `NOT_ALLOWED, not ${refusal.reason}`);
    must(refusal.request?.case === 'addTrack' && refusal.request.value.cid === 'c1', 'with a copy of the request');
    must(!wire.messages.some((message) => message.case === 'trackPublished'), 'not published');
  },

  async 'MEDIA-26'(use, kind) {
    const room = newRoom();
    const leaver = await enter(use, kind, room);
    const watcher = await enter(use, kind, room);
    const left = watcher.page.evaluate(
      () =>
        new Promise((resolve) => {
          const look = setInterval(() => {
            if (window.peer.events.some(([name]) => name === 'ParticipantDisconnected')) {
              clearInterval(look);
              resolve(Date.now());
            }
          }, 5);
        }),
    );
    const start = Date.now();
    await leaver.call('leave');
    const took = (await left) - start;
    must(took < 1000, `seen after ${took} ms`);
    return { took };
  },

  async 'MEDIA-27'(use, kind) {
    const room = newRoom();
    const peers = [await enter(use, kind, room), await enter(use, kind, room)];
    for (const peer of peers) {
      await peer.call('publishTone', {});
      await peer.call('publishPicture', {});
    }
    await subscribed(peers[0], peers[1].identity, 2);
    await subscribed(peers[1], peers[0].identity, 2);
    const counters = async (peer) => {
      const report = await peer.report();
      return [...report.own, ...report.participants.flatMap((each) => each.tracks)].map((track) => track.stats);
    };
    for (const peer of peers) {
      await until('packets flow', async () => (await counters(peer)).every((stats) => stats?.packets > 10));
      const before = await counters(peer);
      await sleep(2000);
      const after = await counters(peer);
      must(before.length === 4 && after.length === 4, 'four tracks');
      after.forEach((stats, i) => must(stats.packets > before[i].packets && stats.bytes > before[i].bytes, `track ${i} grows`));
    }
  },

  /** Everybody hears and sees everybody: different browsers, library versions and stacks in one room. */
  async everybody(use, ...kinds) {
    const room = newRoom();
    const tones = [440, 620, 880, 1245, 1760];
    const peers = [];
    for (const [index, kind] of kinds.entries()) {
      const peer = await enter(use, kind, room);
      const hertz = kind.startsWith('firefox') ? FIREFOX_HERTZ : tones[index];
      await (peer.call ? peer.call('publishTone', { hertz }) : peer.publishTone({ hertz }));
      await (peer.call ? peer.call('publishPicture', { hue: index * 70, width: 640, height: 360 }) : peer.publishPicture());
      peers.push(Object.assign(peer, { hertz }));
    }
    for (const listener of peers) {
      for (const talker of peers.filter((each) => each !== listener)) {
        if (listener.call) {
          await hears(listener, talker.identity, talker.hertz);
          await sees(listener, talker.identity);
        } else {
          await until(`native hears ${talker.hertz} Hz`, () => listener.hearsNow(talker.identity, talker.hertz));
          await until('native sees a moving picture', () => listener.seesNow(talker.identity));
        }
      }
    }
    return { pairs: peers.length * (peers.length - 1) };
  },
};
