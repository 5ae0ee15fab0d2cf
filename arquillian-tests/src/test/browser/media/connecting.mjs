// SPDX-License-Identifier: EUPL-1.2
// Statements of the media contract about connecting, each told with real clients.
import { AddTrackRequest, LeaveRequest_Action, Ping, SessionDescription, TrackSource, TrackType, TrickleRequest } from '@livekit/protocol';
import { mediaUrl, must, newRoom, server, sleep, token, until } from '../lib/scenario.mjs';
import { FIREFOX_HERTZ, hears, sees } from '../lib/browsers.mjs';
import { line } from '../lib/line.mjs';
import { enter, open } from '../lib/peers.mjs';
import { query, Wire } from '../lib/wire.mjs';

const listed = (peer) => (peer.participants ? peer.participants() : peer.report().then((report) => report.participants.map((each) => each.identity)));
const lists = (peer, identity) => until(`${identity} in the list`, async () => (await listed(peer)).includes(identity));
const validate = (accessToken, more) => fetch(`${server.base}/livekit/rtc/validate?${query(accessToken, more)}`, { headers: { Origin: 'https://app.example' } });

async function refusedUpgrade(accessToken, path = '/rtc') {
  try {
    const wire = await Wire.open(accessToken, {}, path);
    await sleep(500);
    wire.close();
    return `open, ${wire.messages.length} messages`;
  } catch (refused) {
    return refused.status ?? String(refused);
  }
}

/** Who may use nothing but one way to a relay is seen and heard; seconds until then. */
async function relayed(use, kinds, ways) {
  const room = newRoom();
  const free = await enter(use, kinds[0], room, { identity: 'free' });
  await free.call('publishTone', { hertz: 440 });
  await free.call('publishPicture', { hue: 120 });
  const seconds = {};
  for (const [at, [way, by]] of Object.entries(ways).entries()) {
    for (const kind of kinds.filter((each) => way === 'tcp' || each.startsWith('chromium'))) { // TURN over TLS in Firefox wants a certificate of an authority
      const began = Date.now();
      const identity = `${kind}-${way}`;
      const behind = await enter(use, kind, room, { identity, relayed: { by } });
      const hertz = kind.startsWith('firefox') ? FIREFOX_HERTZ : 620 + at * 110;
      await behind.call('publishTone', { hertz });
      await behind.call('publishPicture', {});
      await sees(behind, 'free');
      await hears(behind, 'free', 440);
      await sees(free, identity);
      await hears(free, identity, hertz);
      seconds[identity] = (Date.now() - began) / 1000;
      await behind.close();
    }
  }
  const wrong = await enter(use, kinds[0], room, { identity: 'wrong', relayed: { by: '^turn:', credential: 'guess' } }).catch((refused) => refused);
  must(wrong instanceof Error, `who has another password does not get there: ${wrong}`);
  return seconds;
}

export const stories = {
  /** UDP is closed in the middle of a call. */
  async 'udp-closed'(use, kind) {
    const room = newRoom();
    const heard = kind.startsWith('firefox') ? FIREFOX_HERTZ : null;
    const both = async (talker, listener) => {
      await hears(listener, 'talker', heard ?? 440);
      await hears(talker, 'listener', heard ?? 620);
    };
    const bad = use(await line());
    const talker = await enter(use, kind, room, { identity: 'talker' });
    await talker.call('publishTone', { hertz: 440 });
    await talker.call('publishPicture', {});
    const listener = await enter(use, kind, room, { identity: 'listener', detour: bad.port });
    await listener.call('publishTone', { hertz: 620 });
    await sees(listener, 'talker');
    await both(talker, listener);
    await until('it comes by the line that will be closed', async () => (await bad.stats()).down.offered > 50);
    await bad.change({ blackout: true });
    const closed = Date.now();
    const packets = async (peer, identity) => (await peer.report()).participants.find((each) => each.identity === identity)?.tracks.find((track) => track.kind === 'audio')?.stats?.packets ?? 0;
    await sleep(300); // what was on its way
    const before = [await packets(listener, 'talker'), await packets(talker, 'listener')];
    await until('both get packets again', async () => (await packets(listener, 'talker')) > before[0] + 10 && (await packets(talker, 'listener')) > before[1] + 10);
    const seconds = (Date.now() - closed) / 1000;
    await both(talker, listener);
    await sees(listener, 'talker');
    must((await listener.events()).every(([name]) => name !== 'Disconnected'), 'without leaving');
    return { seconds, events: (await listener.events()).map(([name]) => name) };
  },

  /** Two to whom UDP is closed, and one to whom it is not. */
  async 'over-tcp'(use, ...kinds) {
    const room = newRoom();
    const began = Date.now();
    const heard = kinds[0].startsWith('firefox') ? FIREFOX_HERTZ : null; // its fake microphone has one tone
    const behind = await enter(use, kinds[0], room, { identity: 'behind', overTcp: true });
    await behind.call('publishTone', { hertz: 440 });
    await behind.call('publishPicture', { busy: true });
    const other = await enter(use, kinds[1], room, { identity: 'other', overTcp: true });
    const free = await enter(use, kinds[0], room, { identity: 'free' });
    await free.call('publishTone', { hertz: 620 });
    await free.call('publishPicture', { hue: 120 });
    for (const peer of [other, free]) {
      await sees(peer, 'behind');
      await hears(peer, 'behind', heard ?? 440);
    }
    for (const peer of [other, behind]) {
      await sees(peer, 'free');
      await hears(peer, 'free', heard ?? 620);
    }
    return { seconds: (Date.now() - began) / 1000 };
  },

  /** Two in a network that lets little through: how long until each sees and hears the other. */
  async firewalled(use, kind) {
    const room = newRoom();
    const heard = kind.startsWith('firefox') ? FIREFOX_HERTZ : null;
    const first = await open(use, kind);
    const second = await open(use, kind);
    const began = Date.now();
    for (const [peer, identity, hertz] of [[first, 'first', 440], [second, 'second', 620]]) {
      await peer.connect(mediaUrl, token({ room, identity }));
      await peer.call('publishTone', { hertz });
      await peer.call('publishPicture', {});
    }
    await Promise.all([sees(first, 'second'), sees(second, 'first')]);
    const seconds = (Date.now() - began) / 1000;
    await hears(first, 'second', heard ?? 620);
    await hears(second, 'first', heard ?? 440);
    return { seconds, heard: (Date.now() - began) / 1000 };
  },

  /** Everybody by a relay, each in another way; who has another password does not get there. */
  'MEDIA-53': (use, ...kinds) => relayed(use, kinds, { udp: 'transport=udp', tcp: '^turn:.*transport=tcp', tls: '^turns:' }),

  /** As MEDIA-53, without TLS: over the TURN server of somebody else. */
  'foreign-relay': (use, ...kinds) => relayed(use, kinds, { udp: 'transport=udp', tcp: 'transport=tcp' }),

  async 'MEDIA-1'(use, first, second) {
    const room = newRoom();
    const one = await enter(use, first, room);
    const two = await enter(use, second, room);
    await lists(one, two.identity);
    await lists(two, one.identity);
  },

  async 'MEDIA-2'() {
    const room = newRoom();
    const good = { room };
    const bad = {
      expired: token({ ...good, life: -3600 }),
      'foreign key': token({ ...good, key: 'stranger', secret: 'x'.repeat(40) }),
      'wrong secret': token({ ...good, secret: 'y'.repeat(40) }),
      'no join grant': token({ ...good, grants: { roomJoin: false } }),
      garbage: 'not.a.token',
      empty: '',
    };
    for (const [name, accessToken] of Object.entries(bad)) {
      must((await validate(accessToken)).status === 401, `${name}: validate answers 401`);
      const upgrade = await refusedUpgrade(accessToken);
      must(upgrade === 401, `${name}: the upgrade answers 401, not ${upgrade}`);
    }
  },

  async 'MEDIA-3'() {
    const answer = await validate(token({ room: newRoom() }));
    must(answer.status === 200 && (await answer.text()) === 'success', 'validate says success');
    must(['*', 'https://app.example'].includes(answer.headers.get('access-control-allow-origin')), 'the CORS header');
  },

  async 'MEDIA-5'(use) {
    const wire = use(await Wire.open(token({ room: newRoom() })));
    await wire.first('join');
    const sent = Date.now();
    wire.send('pingReq', new Ping({ timestamp: BigInt(sent), rtt: 3n }));
    const pong = await wire.first('pongResp', 1000);
    must(pong.lastPingTimestamp === BigInt(sent), 'the same timestamp comes back');
    wire.send('ping', BigInt(sent));
    await wire.first('pong', 1000);
  },

  async 'MEDIA-6'(use, kind) {
    const room = newRoom();
    const watcher = await enter(use, kind, room);
    const first = await enter(use, kind, room, { identity: 'twice' });
    await lists(watcher, 'twice');
    let most = 0;
    const counting = setInterval(async () => {
      most = Math.max(most, (await listed(watcher)).filter((each) => each === 'twice').length);
    }, 50);
    await enter(use, kind, room, { identity: 'twice' });
    await until('the first session has ended', async () => (await first.events()).some(([name, why]) => name === 'Disconnected' && why === '2'));
    await lists(watcher, 'twice');
    clearInterval(counting);
    must(most <= 1, `nobody sees two of them (${most})`);
  },

  async 'MEDIA-7'(use) {
    const room = newRoom();
    const big = use(await Wire.open(token({ room })));
    const other = use(await Wire.open(token({ room })));
    await Promise.all([big.first('join'), other.first('join')]);
    big.socket.send(Buffer.alloc(3 * 1024 * 1024));
    await until('the socket with the large message is closed', () => big.closed !== null, 10_000);
    must(big.closed !== 1000, 'not closed with 1000');
    other.send('pingReq', new Ping({ timestamp: 1n }));
    await other.first('pongResp');
  },

  async 'MEDIA-8'(use) {
    const room = newRoom();
    const watcher = use(await Wire.open(token({ room, identity: 'watcher' })));
    await watcher.first('join');
    const silent = await Wire.open(token({ room, identity: 'silent' }));
    await silent.first('join');
    const seen = (state) => () => watcher.messages.some((message) => message.case === 'update' && message.value.participants.some((each) => each.identity === 'silent' && each.state === state));
    await until('the watcher hears of it', seen(1), 5000).catch(() => until('as joining', seen(0), 1000));
    silent.close();
    await until('it is gone at once when its socket closes', seen(3), 2000);
    const patient = use(await Wire.open(token({ room, identity: 'patient' })));
    await patient.first('join');
    const start = Date.now();
    const pinging = setInterval(() => {
      for (const wire of [patient, watcher]) wire.closed === null && wire.send('pingReq', new Ping({ timestamp: 1n }));
    }, 5000);
    await until('it is removed although its socket stays', () => patient.closed !== null || patient.messages.some((message) => message.case === 'leave'), 70_000);
    clearInterval(pinging);
    const waited = Date.now() - start;
    must(waited > 50_000 && waited < 66_000, `after 60 s (${waited} ms)`);
  },

  async 'MEDIA-9'(use, kind) {
    const accessToken = token({ room: newRoom() });
    must((await refusedUpgrade(accessToken, '/rtc/v1')) === 404, 'the v1 upgrade answers 404');
    const answer = await fetch(`${server.base}/livekit/rtc/v1/validate?${query(accessToken)}`);
    must(answer.status === 404 && !(await answer.text()).includes('requested room does not exist'), 'validate of v1 answers 404');
    const peer = await enter(use, kind, newRoom(), kind === 'native' ? {} : { options: { singlePeerConnection: true } });
    must(peer.sid.startsWith('PA_'), 'connected by fallback');
  },

  async 'MEDIA-10'(use, kind) {
    const room = newRoom();
    const talker = await enter(use, kind, room);
    await talker.call('publishTone', {});
    const deaf = await enter(use, kind, room, { grants: { canSubscribe: false } });
    await lists(deaf, talker.identity);
    await deaf.call('publishTone', { hertz: 620 });
    await until('the other receives it', async () => (await talker.report()).participants[0]?.tracks[0]?.stats?.packets > 20);
    await sleep(1000);
    must((await deaf.report()).participants[0].tracks.every((track) => !track.stats), 'it receives nothing');
  },

  async 'MEDIA-48'(use, kind) {
    const wire = use(await Wire.open(token({ room: newRoom() }), { reconnect: '1', sid: 'PA_unknown00000' }));
    const leave = await wire.first('leave');
    must(leave.action === LeaveRequest_Action.RECONNECT, 'leave with RECONNECT');
    must(wire.messages[0].case === 'leave', 'as the first message');
    const room = newRoom();
    const peer = await enter(use, kind, room);
    const other = await enter(use, kind, room);
    await peer.page.evaluate(() => window.peer.dropSignal());
    await until('the client has recovered by itself', async () => (await peer.events()).some(([name]) => name === 'Reconnected'), 30_000);
    await until('and is listed again', async () => (await listed(other)).includes(peer.identity));
    must((await peer.report()).state === 'connected', 'connected');
  },

  async 'MEDIA-52'(use, kind) {
    const wire = use(await Wire.open(token({ room: newRoom() })));
    await wire.first('join');
    const candidate = JSON.stringify({ candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 });
    wire.send('trickle', new TrickleRequest({ candidateInit: candidate, target: 0 }));
    wire.send('trickle', new TrickleRequest({ candidateInit: candidate, target: 1 }));
    wire.send('answer', new SessionDescription({ type: 'answer', sdp: 'v=0\r\n', id: 77 }));
    wire.send('addTrack', new AddTrackRequest({ cid: 'c1', name: 'tone', type: TrackType.AUDIO, source: TrackSource.MICROPHONE }));
    await wire.first('trackPublished');
    const helper = await open(use, kind);
    const offer = await helper.page.evaluate(async () => {
      const connection = new RTCPeerConnection();
      connection.addTransceiver('audio', { direction: 'sendonly' });
      const made = await connection.createOffer();
      return made.sdp;
    });
    for (const id of [1, 2, 3]) wire.send('offer', new SessionDescription({ type: 'offer', sdp: offer, id }));
    await until('an answer to the last offer', () => wire.messages.some((message) => message.case === 'answer' && message.value.id === 3));
    wire.send('pingReq', new Ping({ timestamp: 9n }));
    must((await wire.first('pongResp')).lastPingTimestamp === 9n, 'the session lives');
    must(wire.closed === null, 'the socket is open');
  },

  async 'MEDIA-54'(use, kind) {
    const room = newRoom();
    const one = await enter(use, kind, room);
    const two = await enter(use, 'native', room);
    await one.call('publishTone', {});
    await until('the tone arrives', () => two.hearsNow(one.identity, 440));
    const before = (await one.events()).length;
    await sleep(150_000);
    const news = (await one.events()).slice(before).map(([name]) => name).filter((name) => name !== 'ActiveSpeakersChanged');
    must(news.length === 0, `no change of state in 150 s (${news})`);
    must((await one.report()).state === 'connected', 'still connected');
    must(two.hearsNow(one.identity, 440), 'still heard');
  },
};
