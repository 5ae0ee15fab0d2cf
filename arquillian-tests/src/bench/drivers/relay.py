# SPDX-License-Identifier: EUPL-1.2
"""Our own minimal relay: the measured floor. In C (floor/relay.c), or with -o cmd=... another program that speaks the same."""
import os
import subprocess

from .base import Driver, local_ip
from .core import kv


class Relay(Driver):
    name = 'relay'

    def launch(self):
        exe = os.path.join(os.environ.get('BENCH_BUILD', '.'), 'relay')
        cmd = self.o.get('cmd', exe).split() + ['port=%d' % self.o.port, 'ip=' + local_ip(), 'send=' + self.o.get('send', 'mmsg'), 'wait_us=' + self.o.get('wait_us', '0')]
        self.proc = subprocess.Popen(self.pin(cmd), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.proc.stdout.readline()
        return self.proc.pid

    def connect(self):
        self.n = 0

    def peer(self, sends, froms=()):
        ep = self.core.new_pc()
        i, self.n = self.n, self.n + 1
        self.proc.stdin.write('add id=%d fp=%s%s\n' % (i, self.core.fingerprint, ' from=' + ','.join(map(str, froms)) if froms else ''))
        d = kv(self.proc.stdout.readline())
        if sends:
            ep.send(kind='audio', ssrc=1000 + 2 * i, pt=111, **self.o.audio)
            ep.send(kind='video', ssrc=1001 + 2 * i, pt=96, **self.o.video)
        else:
            ep.recv(pt=111, kind='audio')
            ep.recv(pt=96, kind='video')
        ep.start(local_ip(), self.o.port, d['ufrag'], d['pwd'], d['fp'], 'client', 'controlling')
        ep.wait()
        return ep, i

    def lecture(self, n):
        pub, i = self.peer(True)
        return [pub], [self.peer(False, [i])[0] for _ in range(n)], 2 * n

    def meeting(self, m):
        pubs = [self.peer(True) for _ in range(m)]
        subs = [self.peer(False, [j for _, j in pubs if j != i])[0] for _, i in pubs]
        return [p for p, _ in pubs], subs, 2 * m * (m - 1)
