# SPDX-License-Identifier: EUPL-1.2
"""
A server that speaks LiveKit's client signalling v0: WebSocket <base>/rtc, one protobuf message for each binary message, two connections
for each participant (the client offers on the publisher's, the server on the subscriber's).

Driver options: cmd= (command line that starts the server; {port} {ip} {work} are filled in; without it give --pid and --url),
key= and secret= (API key for the tokens), path= (prefix before /rtc), room=, wait= (seconds until the server must answer).
simulcast=1 (three VP8 layers by rid; the top one is the usual video stream. delivered_pct then counts the lower layers as sent, too).
The server must offer a host candidate over UDP/IPv4, in its SDP or by trickle. Media: opus and one VP8 encoding, if not simulcast=1.
The application section (data channels) is accepted as the protocol demands, but the endpoints have no SCTP and stay silent on it.
"""
import base64
import hashlib
import hmac
import json
import os
import queue
import shlex
import subprocess
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode, urlsplit

from . import sdp
from .base import Driver, local_ip
from .ws import WebSocket


# --- protobuf, as much as is needed ---
def varint(n):
    n &= (1 << 64) - 1
    o = bytearray()
    while n > 127:
        o.append(n & 127 | 128)
        n >>= 7
    o.append(n)
    return bytes(o)


def enc(*fields):
    """fields: (number, value); int and bool become varints, str and bytes length-delimited, None is left out."""
    o = b''
    for num, v in fields:
        if v is None:
            continue
        if isinstance(v, (int, bool)):
            o += varint(num << 3) + varint(int(v))
        else:
            b = v.encode() if isinstance(v, str) else v
            o += varint(num << 3 | 2) + varint(len(b)) + b
    return o


class Msg:
    """A decoded message: field number -> list of values (int, or bytes)."""

    def __init__(self, b):
        self.f, i = {}, 0
        while i < len(b):
            tag, i = self._varint(b, i)
            kind = tag & 7
            if kind == 0:
                v, i = self._varint(b, i)
            elif kind == 2:
                n, i = self._varint(b, i)
                v, i = bytes(b[i:i + n]), i + n
                if len(v) != n:
                    raise ValueError('cut off')
            elif kind in (1, 5):
                n = 8 if kind == 1 else 4
                v, i = int.from_bytes(b[i:i + n], 'little'), i + n
            else:
                raise ValueError('wire type %d' % kind)
            self.f.setdefault(tag >> 3, []).append(v)

    @staticmethod
    def _varint(b, i):
        n = s = 0
        while True:
            c = b[i]
            i += 1
            n |= (c & 127) << s
            s += 7
            if c < 128:
                return n, i

    def get(self, num, default=None):
        return self.f[num][-1] if num in self.f else default

    def text(self, num):
        return self.get(num, b'').decode()

    def sub(self, num):
        return Msg(self.get(num, b''))


# Members of SignalRequest and SignalResponse (field numbers of the published definitions).
Q_OFFER, Q_ANSWER, Q_TRICKLE, Q_ADD_TRACK, Q_LEAVE, Q_SUB_PERMISSION, Q_PING, Q_PING_REQ = 1, 2, 3, 4, 8, 11, 14, 16
R_JOIN, R_ANSWER, R_OFFER, R_TRICKLE, R_TRACK_PUBLISHED, R_LEAVE, R_REQUEST_RESPONSE = 1, 2, 3, 4, 6, 8, 22
PUBLISHER, SUBSCRIBER = 0, 1
AUDIO, VIDEO, CAMERA, MICROPHONE, HIGH = 0, 1, 1, 2, 2
# quality, width, height, bit/s, rid, changes to the stream; a single encoding uses the last entry without its rid
LAYERS = [(0, 320, 180, 160000, 'q', {'pps': 20, 'fps': 15, 'size': 1000}), (1, 640, 360, 450000, 'h', {'pps': 50}), (HIGH, 1280, 720, 1700000, 'f', {})]

OPUS = (111, 'opus/48000/2', 'minptime=10;useinbandfec=1', [])


def token(key, secret, identity, room, life=3600):
    part = lambda d: base64.urlsafe_b64encode(json.dumps(d, separators=(',', ':')).encode()).rstrip(b'=')
    now = int(time.time())
    t = part({'alg': 'HS256', 'typ': 'JWT'}) + b'.' + part({
        'iss': key, 'sub': identity, 'name': identity, 'nbf': now - 5, 'exp': now + life,
        'video': {'roomJoin': True, 'roomCreate': True, 'room': room, 'canPublish': True, 'canSubscribe': True, 'canPublishData': False}})
    return (t + b'.' + base64.urlsafe_b64encode(hmac.new(secret.encode(), t, hashlib.sha256).digest()).rstrip(b'=')).decode()


class Link:
    """One peer connection: starts its endpoint when description and candidate are both there (either may come first)."""

    def __init__(self, ep):
        self.ep, self.args, self.cand, self.started = ep, None, None, False

    def candidate(self, c):
        if c['proto'] == 'udp' and c['type'] == 'host' and ':' not in c['ip'] and c['port'] > 9 and (self.cand is None or c['ip'] == self.ep.ip):
            self.cand = (c['ip'], c['port'])

    def describe(self, d, dtls, ice):
        self.args = (d.ufrag, d.pwd, d.fp, dtls, ice)
        for c in d.cands:
            self.candidate(c)

    def go(self):
        if not self.started and self.args and self.cand:
            self.started = True
            self.ep.start(*self.cand, *self.args)


class Client:
    def __init__(self, drv, name):
        self.d, self.name = drv, name
        self.joined, self.ready = threading.Event(), threading.Event()
        self.failure = None
        self.pub = self.sub = None
        self.early = {PUBLISHER: [], SUBSCRIBER: []}
        self.answers, self.published = queue.Queue(), queue.Queue()
        self.offer_id, self.streams, self.known = 0, 0, set()
        self.lock = threading.RLock()
        q = {'access_token': token(drv.key, drv.secret, name, drv.room), 'auto_subscribe': 1, 'sdk': 'js', 'version': '2.19.0', 'protocol': 17}
        self.ws = WebSocket(drv.url + '/rtc?' + urlencode(q))
        threading.Thread(target=self.read, daemon=True).start()
        self.await_(self.joined, 'join')
        self.send(Q_SUB_PERMISSION, enc((1, True)))

    def await_(self, event, what):
        if not event.wait(20) or self.failure:
            raise RuntimeError('%s: no %s (%s)' % (self.name, what, self.failure))

    def send(self, member, value):
        self.ws.send(enc((member, value)))

    def ping(self):
        now = int(time.time() * 1000)
        self.send(Q_PING, now)
        self.send(Q_PING_REQ, enc((1, now)))

    def read(self):
        try:
            while True:
                b = self.ws.recv()
                if b is None:
                    break
                if isinstance(b, bytes):
                    self.handle(Msg(b))
        except Exception as e:              # a closed socket at the end of a run is no failure
            if not self.d.ending:
                self.failure = self.failure or repr(e)
        if not self.d.ending:
            self.failure = self.failure or 'socket closed'
        self.joined.set()

    def handle(self, m):
        if R_JOIN in m.f:
            self.joined.set()
        elif R_OFFER in m.f:
            self.offered(m.sub(R_OFFER))
        elif R_ANSWER in m.f:
            self.answers.put(m.sub(R_ANSWER))
        elif R_TRICKLE in m.f:
            t = m.sub(R_TRICKLE)
            c = json.loads(t.text(1) or '{}').get('candidate')
            if c:
                self.trickled(t.get(2, PUBLISHER), sdp.parse_candidate(c))
        elif R_TRACK_PUBLISHED in m.f:
            self.published.put(m.sub(R_TRACK_PUBLISHED).text(1))
        elif R_LEAVE in m.f:
            l = m.sub(R_LEAVE)
            self.failure = 'server sent leave, reason %d, action %d' % (l.get(2, 0), l.get(3, 0))
        elif R_REQUEST_RESPONSE in m.f:
            self.failure = 'request refused, reason %d' % m.sub(R_REQUEST_RESPONSE).get(2, 0)

    def trickled(self, target, c):
        with self.lock:
            link = self.sub if target == SUBSCRIBER else self.pub
            if link is None:
                self.early[target].append(c)
            else:
                link.candidate(c)
                link.go()

    def link(self, target):
        l = Link(self.d.core.new_pc())
        for c in self.early[target]:
            l.candidate(c)
        return l

    # --- subscriber connection: the server offers ---
    def offered(self, m):
        o = self.d.o
        d = sdp.parse(m.text(2))
        with self.lock:
            if self.sub is None:
                self.sub = self.link(SUBSCRIBER)
                if o.remb:
                    self.sub.ep.recv(remb=o.remb)
            ep, out, n = self.sub.ep, [], 0
            for x in d.media:
                if x.kind == 'application':
                    out.append(dict(kind=x.kind, mid=x.mid, rejected=x.port == 0))
                    continue
                codec = 'opus/48000/2' if x.kind == 'audio' else 'VP8/90000'
                pt = x.pt(codec)
                live = pt is not None and x.port != 0 and x.direction in ('sendonly', 'sendrecv')
                n += live
                fb, ext, codecs = [], {}, []
                if pt is not None:
                    has = lambda f: 'rtcp-fb:%d %s' % (pt, f) in x.attrs
                    fb = [f for f in ('nack', 'nack pli', 'ccm fir') if has(f)] if x.kind == 'video' else []
                    fb += [f for f, on in (('goog-remb', o.remb), ('transport-cc', o.twcc)) if on and has(f)]
                    ext = {i: u for u, i in x.ext.items() if u in (sdp.X_MID, sdp.X_ABS) or (u == sdp.X_TWCC and o.twcc)}
                    codecs = [(pt, codec, None, fb)]
                    rtx = x.rtx_pt(pt)
                    if rtx is not None:
                        codecs.append((rtx, 'rtx/90000', 'apt=%d' % pt, []))
                    self.count(ep, pt, x.kind)
                    self.count(ep, rtx, 'rtx')
                    if o.twcc and x.ext_id('transport-wide'):
                        ep.recv(x_twcc=x.ext_id('transport-wide'), twcc=1)
                out.append(dict(kind=x.kind, mid=x.mid, direction='recvonly' if live else 'inactive', codecs=codecs or [(x.pts[0], codec, None, [])], ext=ext,
                                rejected=x.port == 0))
            answer = sdp.local(ep, self.d.core.fingerprint, 'active', out)
            if not self.sub.started:
                self.sub.describe(d, 'client', 'controlling' if d.lite else 'controlled')
            self.send(Q_ANSWER, enc((1, 'answer'), (2, answer), (3, m.get(3, 0) or None)))
            self.sub.go()
            self.streams = n
            self.ready.set()

    def count(self, ep, pt, kind):
        if pt is not None and (pt, kind) not in self.known:
            self.known.add((pt, kind))
            ep.recv(pt=pt, kind=kind)

    # --- publisher connection: the client offers ---
    def publish(self):
        o = self.d.o
        with self.lock:
            self.pub = self.link(PUBLISHER)
        ep = self.pub.ep
        a, v = sdp.new_ssrc(), sdp.new_ssrc()
        cid = lambda s: 't%d' % s                                   # sdp.local writes it as the track id of a=msid
        self.send(Q_ADD_TRACK, enc((1, cid(a)), (2, 'microphone'), (3, AUDIO), (8, MICROPHONE), (13, True), (15, 'camera')))
        simulcast = o.get('simulcast') == '1'
        layers = LAYERS if simulcast else LAYERS[-1:]
        lines = [enc((1, l[0]), (2, l[1]), (3, l[2]), (4, l[3])) for l in layers]
        self.send(Q_ADD_TRACK, enc((1, cid(v)), (2, 'camera'), (3, VIDEO), (4, 1280), (5, 720), (8, CAMERA), *[(9, x) for x in lines],
                                   (10, enc((1, 'vp8'), (2, cid(v)), *[(4, x) for x in lines])), (15, 'camera')))
        want = {cid(a), cid(v)}
        while want:
            try:
                want.discard(self.published.get(timeout=10))
            except queue.Empty:
                raise RuntimeError('%s: no track_published for %s (%s)' % (self.name, want, self.failure))
        ext = {1: sdp.X_MID, 2: sdp.X_ABS}
        if o.twcc:
            ext[3] = sdp.X_TWCC
        fb = ['nack', 'nack pli', 'ccm fir', 'transport-cc' if o.twcc else 'goog-remb']
        offer = sdp.local(ep, self.d.core.fingerprint, 'actpass', [
            dict(kind='audio', mid='0', direction='sendonly', codecs=[OPUS], ext={**{i: u for i, u in ext.items() if i != 2}, 4: sdp.X_LEVEL}, ssrc=a),
            dict(kind='video', mid='1', direction='sendonly', codecs=[(96, 'VP8/90000', None, fb), (97, 'rtx/90000', 'apt=96', [])],
                 ext={**ext, 5: sdp.X_RID} if simulcast else ext, ssrc=v, rids=[l[4] for l in layers] if simulcast else None)])
        self.offer_id += 1
        self.send(Q_OFFER, enc((1, 'offer'), (2, offer), (3, self.offer_id)))
        try:
            m = self.answers.get(timeout=15)
        except queue.Empty:
            raise RuntimeError('%s: no answer to the publisher offer (%s)' % (self.name, self.failure))
        if m.get(3, 0) != self.offer_id:
            print('livekit: the answer carries id %d, not %d: browsers would not finish publishing' % (m.get(3, 0), self.offer_id))
        d = sdp.parse(m.text(2))
        kinds = {x.kind: x for x in d.media}
        x_id = lambda k, part: kinds[k].ext_id(part)
        ep.send(kind='audio', ssrc=a, pt=111, mid='0', x_mid=x_id('audio', 'sdes:mid'), x_level=x_id('audio', 'audio-level'), x_twcc=x_id('audio', 'transport-wide'), **o.audio)
        for i, l in enumerate(layers):
            change = {**l[5], **o.video} if l is layers[-1] else l[5]
            ep.send(kind='video', ssrc=(v + i) & 0xffffffff, pt=96, mid='1', x_mid=x_id('video', 'sdes:mid'), x_abs=x_id('video', 'abs-send'), x_twcc=x_id('video', 'transport-wide'),
                    **({'rid': l[4], 'x_rid': x_id('video', 'sdes:rtp-stream-id')} if simulcast else {}), **change)
        with self.lock:
            self.pub.describe(d, 'client' if d.setup == 'passive' else 'server', 'controlling')
            self.pub.go()
        ep.wait()
        return ep


class LiveKit(Driver):
    name = 'livekit'

    def __init__(self, core, o):
        super().__init__(core, o)
        self.key, self.secret, self.room = o.get('key', 'key'), o.get('secret', 'secret'), o.get('room', 'bench')
        self.url = (o.url or 'ws://127.0.0.1:%d' % o.port).rstrip('/') + o.get('path', '')
        self.clients, self.ending = [], False

    def launch(self):
        cmd = self.o.get('cmd')
        if not cmd:
            raise SystemExit('livekit: give -o cmd=... or --pid and --url')
        d = os.path.abspath(os.path.join(self.o.work, 'livekit-%d' % self.o.port))
        os.makedirs(d, exist_ok=True)
        cmd = shlex.split(cmd.replace('{port}', str(self.o.port)).replace('{ip}', local_ip()).replace('{work}', d))
        self.proc = subprocess.Popen(self.pin(cmd), stdout=open(d + '/log', 'w'), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        return self.proc.pid

    def connect(self):
        u = urlsplit(self.url)
        probe = 'http://%s%s/rtc/validate?%s' % (u.netloc, u.path, urlencode({'access_token': token(self.key, self.secret, 'probe', self.room)}))
        end = time.time() + float(self.o.get('wait', 60))
        while True:
            try:
                urllib.request.urlopen(probe, timeout=5).read()
                break
            except urllib.error.HTTPError as e:
                if time.time() > end or e.code in (401, 403):
                    raise RuntimeError('validate: %d %s' % (e.code, e.read().decode(errors='replace')[:200]))
            except OSError:
                if time.time() > end or self.proc and self.proc.poll() is not None:
                    raise
            time.sleep(0.2)
        threading.Thread(target=self.pings, daemon=True).start()

    def pings(self):
        while not self.ending:
            time.sleep(5)
            for c in list(self.clients):
                try:
                    c.ping()
                except OSError:
                    pass

    def join(self, name):
        c = Client(self, name)
        self.clients.append(c)
        c.await_(c.ready, 'subscriber offer')
        c.sub.ep.wait()                     # the primary connection; a client counts as active only then
        return c

    def gather(self, clients, streams):
        end = time.time() + 60
        while any(c.streams < streams for c in clients):
            bad = [c for c in clients if c.failure]
            if bad:
                raise RuntimeError('%s: %s' % (bad[0].name, bad[0].failure))
            if time.time() > end:
                raise RuntimeError('streams offered: %s, wanted %d' % ([c.streams for c in clients], streams))
            time.sleep(0.05)

    def lecture(self, n):
        p = self.join('speaker')
        pub = p.publish()
        pub.play()                          # some servers announce a track only once its packets arrive
        subs = [self.join('s%d' % i) for i in range(n)]
        self.gather(subs, 2)
        return [pub], [c.sub.ep for c in [p] + subs], 2 * n

    def meeting(self, m):
        cs, pubs = [], []
        for i in range(m):
            cs.append(self.join('p%d' % i))
            pubs.append(cs[-1].publish())
            pubs[-1].play()
            self.gather(cs, 2 * i)
        return pubs, [c.sub.ep for c in cs], 2 * m * (m - 1)

    def close(self):
        self.ending = True
        for c in self.clients:
            try:
                c.send(Q_LEAVE, enc((2, 1)))
                c.ws.close()
            except OSError:
                pass
        super().close()
