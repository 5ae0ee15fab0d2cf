#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""
Measures one SFU in one scenario: CPU per forwarded packet, added latency, loss, memory.

  python3 run.py --sfu relay --scenario lecture -n 50 --secs 20
"""
import argparse
import importlib
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from drivers.core import Core
from drivers.base import local_ip

TICK = os.sysconf('SC_CLK_TCK')
DRIVERS = {'livekit': ('livekit', 'LiveKit'), 'relay': ('relay', 'Relay')}


def tree(pid):
    """pid and its descendants (an SFU may keep its media workers in child processes)."""
    kids = {}
    for d in os.listdir('/proc'):
        if d.isdigit():
            try:
                f = open('/proc/%s/stat' % d).read().rsplit(')', 1)[1].split()
                kids.setdefault(int(f[1]), []).append(int(d))
            except OSError:
                pass
    out, todo = [], [pid]
    while todo:
        p = todo.pop()
        out.append(p)
        todo += kids.get(p, [])
    return out


def cpu(pids):
    """(user, system) seconds."""
    u = s = 0
    for p in pids:
        f = open('/proc/%d/stat' % p).read().rsplit(')', 1)[1].split()
        u += int(f[11])
        s += int(f[12])
    return u / TICK, s / TICK


def rss_kb(pids):
    r = 0
    for p in pids:
        for line in open('/proc/%d/status' % p):
            if line.startswith('VmRSS'):
                r += int(line.split()[1])
    return r


def threads(pids):
    return sum(len(os.listdir('/proc/%d/task' % p)) for p in pids)


def switches(pids):
    v = n = 0
    for p in pids:
        for t in os.listdir('/proc/%d/task' % p):
            try:
                for line in open('/proc/%d/task/%s/status' % (p, t)):
                    if line.startswith('voluntary'):
                        v += int(line.split()[1])
                    elif line.startswith('nonvoluntary'):
                        n += int(line.split()[1])
            except OSError:
                pass
    return v, n


def machine():
    f = [int(x) for x in open('/proc/stat').readline().split()[1:9]]
    return {'busy': (sum(f) - f[3] - f[4]) / TICK, 'softirq': f[6] / TICK, 'all': sum(f) / TICK, 'steal': f[7] / TICK}


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--sfu', required=True, choices=sorted(DRIVERS))
    a.add_argument('--scenario', choices=['lecture', 'meeting'], default='lecture')
    a.add_argument('-n', type=int, default=50, help='subscribers (lecture) or participants (meeting)')
    a.add_argument('--secs', type=float, default=20)
    a.add_argument('--warm', type=float, default=5, help='seconds of media before the first window (a JVM wants 12 and more)')
    a.add_argument('--idle', type=float, default=2, help='seconds in which the server is watched before anybody joins')
    a.add_argument('--runs', type=int, default=1, help='measuring windows, one after the other')
    a.add_argument('--port', type=int, default=20000, help='first port of the server')
    a.add_argument('--core-port', type=int, default=22000, help='first UDP port of the endpoints')
    a.add_argument('--pid', type=int, help='server process, when the driver does not start it')
    a.add_argument('--url', help='server address, when the driver does not start it')
    a.add_argument('--work', default='.', help='folder for configuration and logs')
    a.add_argument('--core-cpu', type=int, default=None)
    a.add_argument('--sfu-cpu', type=str, default=None)
    a.add_argument('--rt', type=int, default=0, help='run everything with this real-time priority (a machine that others use, too)')
    a.add_argument('--srtp', choices=['any', 'gcm', 'cm80'], default='any')
    a.add_argument('--sample', type=int, default=8, help='decrypt and time one received packet in so many')
    a.add_argument('--tick-us', type=int, default=1000)
    a.add_argument('--video', default='', help='changes to the video stream: pps=160,fps=30,size=1150,burst=2,gap_us=5000')
    a.add_argument('--audio', default='', help='changes to the audio stream: fps=50,size=100')
    a.add_argument('--remb', type=int, default=0, help='bit/s the subscribers announce by REMB')
    a.add_argument('--twcc', action='store_true', help='negotiate transport-wide congestion control')
    a.add_argument('-o', '--opt', action='append', default=[], help='driver option key=value')
    a.add_argument('--json', help='append the result to this file')
    a.add_argument('--label', default='')
    a.add_argument('-v', '--verbose', action='store_true')
    a.add_argument('--any-address', action='store_true', help='run outside a namespace of its own')
    o = a.parse_args()
    if not o.any_address and not local_ip().startswith(('127.', '198.18.', '198.19.')):
        sys.exit('run.py: not in a namespace of its own, see bench.sh')
    pairs = lambda s: dict(p.split('=') for p in s.split(',') if p)
    o.video, o.audio = pairs(o.video), pairs(o.audio)
    extra = dict(p.split('=', 1) for p in o.opt)
    o.get = lambda k, d=None: extra.get(k, d)
    os.makedirs(o.work, exist_ok=True)
    if o.rt:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(o.rt))     # the children inherit it

    mod, cls = DRIVERS[o.sfu]
    cls = getattr(importlib.import_module('drivers.' + mod), cls)
    core = Core(sample=o.sample, tick_us=o.tick_us, cpu=o.core_cpu, bind=local_ip(), srtp=o.srtp, verbose=o.verbose, port=o.core_port)
    drv = cls(core, o)
    try:
        pid = o.pid or drv.launch()
        drv.connect()
        time.sleep(1)
        pids = tree(pid)
        c0 = cpu(pids)
        time.sleep(o.idle)
        idle = 100 * (sum(cpu(pids)) - sum(c0)) / o.idle
        rss0, thr0 = rss_kb(pids), threads(pids)
        pubs, subs, streams = getattr(drv, o.scenario)(o.n)
        core.wait_up([e.id for e in pubs + subs], 60)
        for e in pubs:
            e.play()
        time.sleep(o.warm)
        pids = tree(pid)
        for run in range(o.runs):
            m0, c0, h0, s0, t0 = machine(), cpu(pids), cpu([core.pid]), switches(pids), time.time()
            core.ask('begin')
            time.sleep(o.secs)
            r = {k: float(v) for k, v in core.ask('end').items()}
            m1, c1, h1, s1, t1 = machine(), cpu(pids), cpu([core.pid]), switches(pids), time.time()
            dt = t1 - t0
            sent, recv = r['audio.sent'] + r['video.sent'], r['audio.recv'] + r['video.recv']
            used = sum(c1) - sum(c0)
            want = (r['audio.sent'] + r['video.sent']) * streams / (2 * len(pubs))
            prof = {core.up[e.id]['profile'] for e in pubs + subs}
            out = {
                'label': o.label or o.sfu, 'opts': ' '.join(o.opt) + (' twcc' if o.twcc else '') + (' remb' if o.remb else ''), 'rt': o.rt, 'sfu': o.sfu, 'scenario': o.scenario, 'n': o.n, 'secs': round(dt, 2), 'srtp': '/'.join(sorted(prof)),
                'us_per_packet': round(1e6 * used / recv, 3) if recv else None,
                'user_us': round(1e6 * (c1[0] - c0[0]) / recv, 3) if recv else None,
                'sys_us': round(1e6 * (c1[1] - c0[1]) / recv, 3) if recv else None,
                'sfu_cpu_pct': round(100 * used / dt, 1), 'idle_cpu_pct': round(idle, 1), 'fwd_pps': round(recv / dt), 'in_pps': round(sent / dt),
                'delivered_pct': round(100 * recv / want, 3) if want else None,
                'seq_lost': int(r['audio.lost'] + r['video.lost']),
                'video_p50_us': r['video.p50'], 'video_p99_us': r['video.p99'], 'video_p999_us': r['video.p999'], 'video_max_us': r['video.max'],
                'audio_p50_us': r['audio.p50'], 'audio_p99_us': r['audio.p99'], 'audio_max_us': r['audio.max'],
                'lat_samples': int(r['video.lat_n'] + r['audio.lat_n']),
                'streams_seen': int(r['audio.streams'] + r['video.streams']), 'streams': streams,
                'rss_idle_mb': round(rss0 / 1024, 1), 'rss_mb': round(rss_kb(pids) / 1024, 1),
                'rss_kb_per_pc': round((rss_kb(pids) - rss0) / (len(pubs) + len(subs)), 1),
                'rss_kb_per_stream': round((rss_kb(pids) - rss0) / streams, 1), 'threads': threads(pids), 'threads_idle': thr0,
                'ctx_per_s': round((s1[0] + s1[1] - s0[0] - s0[1]) / dt),
                'bench_cpu_pct': round(100 * (sum(h1) - sum(h0)) / dt, 1), 'other_cpu_pct': round(100 * (m1['busy'] - m0['busy'] - used - (sum(h1) - sum(h0))) / dt, 1),
                'softirq_pct': round(100 * (m1['softirq'] - m0['softirq']) / dt, 1), 'steal_pct': round(100 * (m1['steal'] - m0['steal']) / dt, 1),
                'bad_auth': int(r['bad_auth']), 'bad_payload': int(r['bad_trailer']), 'rtx': int(r['rtx.recv']), 'other_pt': int(r['other.recv']),
                'rtcp_in': int(r['rtcp_in']), 'nack': int(r['nack']), 'pli': int(r['pli']), 'fb_in': int(r['fb_in'])}
            print(json.dumps(out))
            sys.stdout.flush()
            if o.json:
                with open(o.json, 'a') as f:
                    f.write(json.dumps(out) + '\n')
    finally:
        core.quit()
        drv.close()


if __name__ == '__main__':
    main()
