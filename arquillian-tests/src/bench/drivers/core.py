# SPDX-License-Identifier: EUPL-1.2
"""Talks to the media core (core/, built as mcore) over its stdin/stdout."""
import os
import queue
import subprocess
import threading
import time



def kv(line):
    return dict(p.split('=', 1) for p in line.split() if '=' in p)


class Core:
    def __init__(self, sample=8, tick_us=1000, cpu=None, bind='127.0.0.1', srtp='any', verbose=False, binary=None, port=0):
        exe = binary or os.path.join(os.environ.get('BENCH_BUILD', '.'), 'mcore')
        cmd = [exe, 'sample=%d' % sample, 'tick_us=%d' % tick_us]
        if cpu is not None:
            cmd = ['taskset', '-c', str(cpu)] + cmd
        self.p = subprocess.Popen(cmd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.pid = self.p.pid
        self.bind, self.srtp, self.verbose, self.port = bind, srtp, verbose, port
        self.answers, self.up, self.failed, self.next_id = queue.Queue(), {}, {}, 0
        self.cond, self.lock = threading.Condition(), threading.RLock()
        first = self.p.stdout.readline()
        self.fingerprint = kv(first)['fp']
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.p.stdout:
            line = line.rstrip('\n')
            if self.verbose:
                print('core<', line)
            if line.startswith('ev '):
                d = kv(line)
                with self.cond:
                    if ' up ' in line:
                        self.up[int(d['id'])] = d
                    elif ' fail' in line or ' closed' in line:
                        self.failed[int(d['id'])] = d.get('reason', 'closed')
                    self.cond.notify_all()
            else:
                self.answers.put(line)

    def cmd(self, name, **a):
        line = name + ''.join(' %s=%s' % (k, v) for k, v in a.items() if v is not None)
        if self.verbose:
            print('core>', line)
        with self.lock:
            self.p.stdin.write(line + '\n')

    def ask(self, name, timeout=20, **a):
        with self.lock:
            self.cmd(name, **a)
            r = self.answers.get(timeout=timeout)
        if r.startswith('err'):
            raise RuntimeError(r)
        return kv(r)

    def new_pc(self):
        with self.lock:
            i = self.next_id
            self.next_id += 1
        d = self.ask('pc', id=i, bind=self.bind, srtp=self.srtp, port=self.port + i if self.port else None)
        return Endpoint(self, i, d['ip'], int(d['port']), d['ufrag'], d['pwd'])

    def wait_up(self, ids, timeout=30):
        end = time.time() + timeout
        with self.cond:
            while True:
                bad = [i for i in ids if i in self.failed]
                if bad:
                    raise RuntimeError('endpoint %d: %s' % (bad[0], self.failed[bad[0]]))
                if all(i in self.up for i in ids):
                    return
                left = end - time.time()
                if left <= 0:
                    raise RuntimeError('not connected: %s' % [i for i in ids if i not in self.up])
                self.cond.wait(left)

    def quit(self):
        try:
            self.cmd('quit')
            self.p.wait(5)
        except Exception:
            self.p.kill()


class Endpoint:
    """One ICE/DTLS/SRTP endpoint of the core."""

    def __init__(self, core, i, ip, port, ufrag, pwd):
        self.core, self.id, self.ip, self.port, self.ufrag, self.pwd = core, i, ip, port, ufrag, pwd

    def send(self, **a):
        self.core.cmd('send', id=self.id, **a)

    def recv(self, **a):
        self.core.cmd('recv', id=self.id, **a)

    def start(self, ip, port, ufrag, pwd, fp, dtls, ice):
        self.core.cmd('start', id=self.id, ip=ip, port=port, ufrag=ufrag, pwd=pwd, fp=fp, dtls=dtls, ice=ice)

    def play(self):
        self.core.cmd('play', id=self.id)

    def wait(self, timeout=30):
        self.core.wait_up([self.id], timeout)
