# SPDX-License-Identifier: EUPL-1.2
"""The little SDP the drivers need: read a remote description, write a local one."""
import random


class Media:
    def __init__(self, kind, port, pts):
        self.kind, self.port, self.pts = kind, port, pts
        self.mid = self.direction = None
        self.rtpmap, self.ext, self.attrs, self.ssrcs = {}, {}, [], []

    def pt(self, codec):
        """Payload type of a codec name such as 'VP8/90000', or None."""
        for p in self.pts:
            if self.rtpmap.get(p, '').lower().startswith(codec.lower()):
                return p
        return None

    def rtx_pt(self, apt):
        for a in self.attrs:
            if a.startswith('fmtp:') and 'apt=%d' % apt in a.split():
                return int(a[5:].split()[0])
            if a.startswith('fmtp:') and a.split(' ', 1)[1].strip() == 'apt=%d' % apt:
                return int(a[5:].split()[0])
        return None

    def ext_id(self, part):
        for uri, i in self.ext.items():
            if part in uri:
                return i
        return 0


class Desc:
    def __init__(self):
        self.media, self.ufrag, self.pwd, self.fp, self.setup, self.cands, self.lite = [], None, None, None, None, [], False

    def candidate(self):
        for c in self.cands:
            if c['proto'] == 'udp' and c['type'] == 'host' and ':' not in c['ip']:
                return c['ip'], c['port']
        return None


def parse_candidate(s):
    f = s.replace('candidate:', '').split()
    return {'proto': f[2].lower(), 'ip': f[4], 'port': int(f[5]), 'type': f[7]}


def parse(text):
    d, m = Desc(), None
    for line in text.replace('\r', '').split('\n'):
        if line.startswith('m='):
            f = line[2:].split()
            m = Media(f[0], int(f[1]), [int(x) for x in f[3:] if x.isdigit()])
            d.media.append(m)
        elif line.startswith('a='):
            a = line[2:]
            k, _, v = a.partition(':')
            if m is not None:
                m.attrs.append(a)
            if k == 'ice-ufrag':
                d.ufrag = d.ufrag or v
            elif k == 'ice-pwd':
                d.pwd = d.pwd or v
            elif k == 'fingerprint':
                d.fp = d.fp or v.split()[1]
            elif k == 'setup':
                d.setup = d.setup or v
            elif k == 'ice-lite':
                d.lite = True
            elif k == 'candidate':
                d.cands.append(parse_candidate(a))
            elif m is not None:
                if k == 'mid':
                    m.mid = v
                elif k in ('sendrecv', 'sendonly', 'recvonly', 'inactive'):
                    m.direction = k
                elif k == 'rtpmap':
                    p, c = v.split(' ', 1)
                    m.rtpmap[int(p)] = c
                elif k == 'extmap':
                    i, uri = v.split()[:2]
                    m.ext[uri] = int(i.split('/')[0])
                elif k == 'ssrc':
                    s = int(v.split()[0])
                    if s not in m.ssrcs:
                        m.ssrcs.append(s)
    return d


X_MID = 'urn:ietf:params:rtp-hdrext:sdes:mid'
X_RID = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id'
X_LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level'
X_ABS = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time'
X_TWCC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01'


def new_ssrc():
    return random.randrange(1 << 16, 1 << 32)


def local(ep, fingerprint, setup, media, group=True):
    """media: list of dicts with kind, mid, direction, codecs [(pt, name, fmtp, [fb])], ext {id: uri}, ssrc, rids [low..high], rejected (port 0)."""
    o = ['v=0', 'o=- %d 2 IN IP4 127.0.0.1' % random.randrange(1 << 50), 's=-', 't=0 0']
    if group:
        o.append('a=group:BUNDLE ' + ' '.join(m['mid'] for m in media if not m.get('rejected')))
    o.append('a=msid-semantic: WMS *')
    for m in media:
        pts = ' '.join(str(c[0]) for c in m.get('codecs', []))
        if m['kind'] == 'application':
            o += ['m=application %d UDP/DTLS/SCTP webrtc-datachannel' % (0 if m.get('rejected') else 9)]
        else:
            o += ['m=%s %d UDP/TLS/RTP/SAVPF %s' % (m['kind'], 0 if m.get('rejected') else 9, pts or '0')]
        o += ['c=IN IP4 %s' % ep.ip, 'a=mid:' + m['mid'], 'a=' + m.get('direction', 'inactive')]
        o += ['a=rtcp-mux', 'a=ice-ufrag:' + ep.ufrag, 'a=ice-pwd:' + ep.pwd, 'a=ice-options:trickle',
              'a=fingerprint:sha-256 ' + fingerprint, 'a=setup:' + setup]
        for pt, name, fmtp, fbs in m.get('codecs', []):
            o.append('a=rtpmap:%d %s' % (pt, name))
            if fmtp:
                o.append('a=fmtp:%d %s' % (pt, fmtp))
            o += ['a=rtcp-fb:%d %s' % (pt, f) for f in fbs]
        o += ['a=extmap:%d %s' % e for e in sorted(m.get('ext', {}).items())]
        if m['kind'] == 'application':
            o.append('a=sctp-port:5000')
        if m.get('ssrc'):
            o.append('a=msid:s%d t%d' % (m['ssrc'], m['ssrc']))
            if m.get('rids'):               # simulcast: the SSRCs are not announced
                o += ['a=rid:%s send' % r for r in m['rids']] + ['a=simulcast:send ' + ';'.join(m['rids'])]
            else:
                o.append('a=ssrc:%d cname:bench' % m['ssrc'])
        o += ['a=candidate:1 1 udp 2130706431 %s %d typ host' % (ep.ip, ep.port), 'a=end-of-candidates']
    return '\r\n'.join(o) + '\r\n'
