// SPDX-License-Identifier: EUPL-1.2
// Statements of the media contract about moderation and state: the server API on one side, real clients on the other.
import { hears, sees } from '../lib/browsers.mjs';
import { enter } from '../lib/peers.mjs';
import { must, newRoom, until } from '../lib/scenario.mjs';
import { serve } from '../lib/service.mjs';

const known = async (peer, identity) => (await peer.report()).participants.find((each) => each.identity === identity);
const happened = async (peer, name) => (await peer.events()).filter(([event]) => event === name);
const ok = async (...call) => {
  const { status, body } = await serve(...call);
  must(status === 200, `${call[0]} answers 200, not ${status} ${JSON.stringify(body)}`);
  return body;
};

export const stories = {
  async moderation(use, kind) {
    const room = newRoom();
    const make = { roomCreate: true };
    await ok('CreateRoom', { name: room, room, metadata: 'before' }, make);
    const alice = await enter(use, kind, room, { identity: 'alice' });
    must((await alice.report()).metadata === 'before', 'metadata of the room is there'); // MEDIA-40
    await ok('UpdateRoomMetadata', { room, metadata: 'during' });
    await until('new metadata of the room', async () => (await alice.report()).metadata === 'during');
    must((await ok('ListRooms', { names: [room] }, { roomList: true })).rooms.length === 1, 'the room is listed');
    must((await serve('UpdateParticipant', { room, identity: 'nobody' })).status === 404, 'unknown identity: not_found'); // MEDIA-33

    const tone = await alice.call('publishTone', { hertz: 440 });
    await alice.call('publishPicture', {});
    const bob = await enter(use, kind, room, { identity: 'bob', grants: { canSubscribe: false } }); // MEDIA-34
    await until('bob is listed', () => known(alice, 'bob'));
    must((await known(bob, 'alice')).tracks.every((track) => !track.subscribed), 'bob receives nothing');
    await ok('UpdateParticipant', { room, identity: 'bob', permission: { can_subscribe: true, can_publish: true } });
    await hears(bob, 'alice', 440);
    await sees(bob, 'alice');

    const { track } = await ok('MutePublishedTrack', { room, identity: 'alice', track_sid: tone, muted: true }); // MEDIA-38
    must(track.muted, 'returned as muted');
    await until('bob sees it muted', async () => (await known(bob, 'alice')).tracks.find((each) => each.sid === tone)?.muted);
    await until('alice sees it muted', async () => (await alice.report()).own.find((each) => each.sid === tone).muted);
    must((await serve('MutePublishedTrack', { room, identity: 'alice', track_sid: tone, muted: false })).status === 412, 'remote unmuting is refused');
    await alice.call('mute', tone, false);
    await hears(bob, 'alice', 440);

    await ok('UpdateParticipant', { room, identity: 'alice', permission: { can_subscribe: true, can_publish: true, can_publish_sources: ['CAMERA'] } }); // MEDIA-35
    await until('the tone is gone at bob', async () => (await known(bob, 'alice')).tracks.length === 1);
    await until('and at alice', async () => (await happened(alice, 'LocalTrackUnpublished')).length === 1);
    await ok('UpdateParticipant', { room, identity: 'alice', name: 'Dr. Alice' }); // MEDIA-42
    await until('the new name', async () => (await known(bob, 'alice')).name === 'Dr. Alice');

    await ok('RemoveParticipant', { room, identity: 'bob' }); // MEDIA-37
    await until('bob is out', async () => (await happened(bob, 'Disconnected')).some(([, why]) => why === '4'));
    const people = (await ok('ListParticipants', { room })).participants.map((each) => each.identity);
    must(people.join() === 'alice', `only alice is listed: ${people}`);
    must((await happened(bob, 'Reconnecting')).length === 0, 'bob does not retry');

    await ok('DeleteRoom', { room }, make); // MEDIA-39
    await until('alice is out', async () => (await happened(alice, 'Disconnected')).some(([, why]) => why === '5'));
    const again = await enter(use, kind, room, { identity: 'again' });
    must((await again.report()).state === 'connected', 'the name can be joined again');
  },

  /** MEDIA-49: the session is gone when the client comes back for it. */
  async 'full-reconnect'(use, kind) {
    const { relay } = await import('../lib/relay.mjs');
    const room = newRoom();
    const wire = use(await relay());
    const watcher = await enter(use, kind, room, { identity: 'watcher' });
    const peer = await enter(use, kind, room, { identity: 'peer', url: wire.url });
    await peer.call('publishTone', { hertz: 440 });
    await peer.call('publishPicture', {});
    await hears(watcher, 'peer', 440);
    wire.refuse(true);
    wire.cut();
    await until('the client notices', async () => (await happened(peer, 'SignalReconnecting')).length > 0);
    await ok('RemoveParticipant', { room, identity: 'peer' });
    wire.refuse(false);
    await until('the client is back', async () => (await happened(peer, 'Reconnected')).length > 0, 30_000);
    must((await peer.report()).sid !== peer.sid, 'another participant');
    await hears(watcher, 'peer', 440);
    await sees(watcher, 'peer');
    await until('its quality is told', async () => (await peer.report()).quality === 'excellent', 15_000);
  },
};
