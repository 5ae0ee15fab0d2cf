#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""
Results against our targets: targets.py FILE... [label=plenum] [floor=relay-mmsg] [stage=1|2|3]
All targets are ratios to the floor relay in the same files (each window against its neighbours, then the median; see table.py),
or counts that no machine excuses.
Prints one line for each target that has data, then "N passed, N failed, N skipped"; exit status 1 if one failed.
"""
import statistics
import sys

from table import load, med, ratios

# scenario, size, SRTP profile, largest ratio of us_per_packet to the floor at stage 1, 2, 3
# (1: with the best C servers; 2: ahead of all of them; 3: what a Java forwarder with batched sends leaves room for)
CPU = [('lecture', 50, 'gcm', (1.7, 1.5, 1.3)), ('lecture', 50, 'cm80', (1.7, 1.5, 1.35)), ('lecture', 200, 'gcm', (1.6, 1.4, 1.25)),
       ('meeting', 10, 'gcm', (1.5, 1.4, 1.3)), ('meeting', 10, 'cm80', (1.5, 1.45, 1.35))]
# metric, largest ratio to the floor
DELAY = [('video_p50_us', 1.5), ('video_p99_us', 2.0)]
# metric, smallest and largest allowed value in any window
HARD = [('delivered_pct', 99.9, 100.5), ('seq_lost', 0, 0), ('bad_auth', 0, 0), ('bad_payload', 0, 0), ('idle_cpu_pct', 0, 2)]
LECTURE = [('rss_kb_per_pc', 0, 1500)]      # with few connections a JVM's heap growth hides it
SPREAD = 1.2                                # a floor that varies more judges nothing: repeat the run


def main():
    opt = dict(a.split('=', 1) for a in sys.argv[1:] if '=' in a)
    files = [a for a in sys.argv[1:] if '=' not in a]
    label, floor, stage = opt.get('label', 'plenum'), opt.get('floor', 'relay-mmsg'), int(opt.get('stage', 3))
    rows = load(files)
    count = {'passed': 0, 'failed': 0, 'skipped': 0}

    def say(ok, text):
        count['passed' if ok else 'failed'] += 1
        print('%s  %s' % ('ok  ' if ok else 'FAIL', text))

    for sc, n, srtp, most in CPU:
        mine, base = rows.get((label, sc, n, srtp)), rows.get((floor, sc, n, srtp))
        name = '%s %d %s' % (sc, n, srtp)
        if not mine or not base:
            count['skipped'] += 1
            print('skip  %s: no windows of %s' % (name, label if not mine else floor))
            continue
        spread = max(d['us_per_packet'] for d in base) / min(d['us_per_packet'] for d in base)
        r = statistics.median(ratios(mine, base))
        text = '%s: %.2f x floor, at most %.2f (%.2f and %.2f us per packet; %d and %d windows; the floor varied by %.2f)' % (
            name, r, most[stage - 1], med(mine, 'us_per_packet'), med(base, 'us_per_packet'), len(mine), len(base), spread)
        if spread > SPREAD:
            count['skipped'] += 1
            print('skip  %s: too noisy to judge' % text)
        else:
            say(r <= most[stage - 1], text)
        for k, m in DELAY:
            r = statistics.median(ratios(mine, base, k))
            say(r <= m, '%s: %s %.2f x floor, at most %.2f (%d us)' % (name, k, r, m, med(mine, k)))
        for k, lo, hi in HARD + (LECTURE if sc == 'lecture' else []):
            v = [d[k] for d in mine if k in d]
            if v:
                say(lo <= min(v) and max(v) <= hi, '%s: %s %s..%s, allowed %s..%s' % (name, k, min(v), max(v), lo, hi))
    print('%(passed)d passed, %(failed)d failed, %(skipped)d skipped' % count)
    return 1 if count['failed'] else 0


if __name__ == '__main__':
    sys.exit(main())
