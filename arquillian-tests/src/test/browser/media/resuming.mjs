// SPDX-License-Identifier: EUPL-1.2
// Statements of the media contract about clients that lose their socket while media goes on, told with real clients.
import { hears, sees } from '../lib/browsers.mjs';
import { enter } from '../lib/peers.mjs';
import { relay } from '../lib/relay.mjs';
import { must, newRoom, sleep, tells, until } from '../lib/scenario.mjs';

const known = async (peer, identity) => (await peer.report()).participants.find((each) => each.identity === identity);
const count = async (peer, name) => (await peer.events()).filter(([event]) => event === name).length;

/** Does something to the connection and waits until the client is back. */
async function comesBack(peer, what, meanwhile = async () => {}) {
  const before = await count(peer, 'Reconnected');
  what();
  await until('the client notices', async () => (await count(peer, 'SignalReconnecting')) > before);
  await meanwhile();
  await until('the client is back', async () => (await count(peer, 'Reconnected')) > before, 30_000);
}

export const stories = {
  async resume(use, kind) {
    const room = newRoom();
    const wire = use(await relay());
    const watcher = await enter(use, 'chromium-2.19.0', room, { identity: 'watcher' });
    const leaver = await enter(use, 'native', room, { identity: 'leaver' });
    const start = Date.now();
    const peer = await enter(use, kind, room, { identity: 'peer', url: wire.url, life: -50 }); // good for ten seconds more
    await until('all are listed', async () => (await peer.report()).participants.length === 2);

    await comesBack(peer, wire.cut); // without a published track

    const tone = await peer.call('publishTone', { hertz: 440 });
    await peer.call('publishPicture', {});
    await hears(watcher, 'peer', 440);
    const sids = (await known(watcher, 'peer')).tracks.map((track) => track.sid);
    await comesBack(peer, wire.cut); // two in a row
    await comesBack(peer, wire.cut);
    await hears(watcher, 'peer', 440);
    await sees(watcher, 'peer');

    await sleep(Math.max(0, start + 12_000 - Date.now())); // its own token is over: only the refreshed one is good
    await comesBack(
      peer,
      () => {
        wire.refuse(true);
        wire.cut();
      },
      async () => {
        await peer.page.evaluate((sid) => void window.peer.mute(sid, true), tone);
        await leaver.close();
        await sleep(500);
        wire.refuse(false);
      },
    );
    await until('the request made meanwhile has arrived', async () => (await known(watcher, 'peer')).tracks.find((track) => track.sid === tone)?.muted);
    tells('MEDIA-46', 'MEDIA-51');
    await until('who left meanwhile is gone', async () => !(await known(peer, 'leaver')));
    must(await known(peer, 'watcher'), 'who stayed is there');
    await peer.call('mute', tone, false);
    await hears(watcher, 'peer', 440);

    must((await peer.report()).sid === peer.sid, 'the same participant');
    must((await count(peer, 'Reconnecting')) === 0, 'never more than the socket was renewed');
    must((await known(watcher, 'peer')).tracks.map((track) => track.sid).join() === sids.join(), 'the same tracks');
    const seen = (await watcher.events()).filter(([name, who]) => /^Participant(Dis)?[Cc]onnected$/.test(name) && who === 'peer').map(([name]) => name);
    must(seen.join() === 'ParticipantConnected', `the others saw it come once: ${seen}`);
    tells('MEDIA-44', 'MEDIA-45', 'MEDIA-47');
  },

  /** MEDIA-50: the server stops when the file `together` is there, and comes back. */
  async restart(use, one, other, together) {
    const { writeFileSync } = await import('node:fs');
    const room = newRoom();
    const peers = [
      await enter(use, one, room, { identity: 'one' }),
      await enter(use, other, room, { identity: 'other' }),
    ];
    await peers[0].call('publishTone', { hertz: 440 });
    await peers[1].call('publishTone', { hertz: 620 });
    const areTogether = async () => {
      await hears(peers[1], 'one', 440);
      await hears(peers[0], 'other', 620);
    };
    await areTogether();
    writeFileSync(together, '');
    for (const peer of peers) {
      await until('the client is back', async () => (await count(peer, 'Reconnected')) > 0, 90_000);
      must((await peer.report()).sid !== peer.sid, 'another session');
    }
    await areTogether();
  },

  /** The same for a client without a browser. */
  async 'resume-native'(use) {
    const room = newRoom();
    const wire = use(await relay());
    const watcher = await enter(use, 'chromium-2.23.0', room, { identity: 'watcher' });
    const peer = await enter(use, 'native', room, { identity: 'peer', url: wire.url });
    await peer.publishTone({ hertz: 440 });
    await hears(watcher, 'peer', 440);
    const { sid } = await known(watcher, 'peer');
    wire.cut();
    await sleep(3000);
    const tone = await peer.publishTone({ hertz: 620 }); // needs the new socket
    await until('a second track of the same participant', async () => (await known(watcher, 'peer')).tracks.some((track) => track.sid === tone));
    must((await known(watcher, 'peer')).sid === sid, 'the same participant');
    const gone = (await watcher.events()).filter(([name]) => name === 'ParticipantDisconnected');
    must(gone.length === 0, 'the others did not see it go');
  },
};
