#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""
Table of results: medians over the windows of the same label, scenario, size and SRTP profile.
  table.py FILE... [max_other=PCT] [floor=relay-mmsg]
"x floor": each window is divided by the floor's windows next to it in the file (the one before and the one after, same
scenario, size and profile), so that a busy quarter of an hour does not count against whoever was measured in it; then the median.
"min": the least disturbed window, and its ratio to the floor's least disturbed window.
"""
import json
import statistics
import sys


def load(files, limit=1e9):
    """(label, scenario, n, srtp) -> windows in file order, each with its place under '#'."""
    rows, k = {}, 0
    for f in files:
        for line in open(f):
            d = json.loads(line)
            d['#'] = k = k + 1
            if d['other_cpu_pct'] <= limit:
                rows.setdefault((d['label'], d['scenario'], d['n'], d['srtp']), []).append(d)
    return rows


def ratios(ds, base, key='us_per_packet'):
    """Every window against its neighbours among the floor's windows."""
    out = []
    for d in ds:
        if d in base:
            out.append(1.0)
            continue
        before, after = [b for b in base if b['#'] < d['#']][-1:], [b for b in base if b['#'] > d['#']][:1]
        near = [b[key] for b in before + after]
        if near and statistics.mean(near):
            out.append(d[key] / statistics.mean(near))
    return out


def med(ds, k):
    return statistics.median(d[k] for d in ds)


def main():
    opt = dict(a.split('=', 1) for a in sys.argv[1:] if '=' in a)
    rows = load([a for a in sys.argv[1:] if '=' not in a], float(opt.get('max_other', 1e9)))
    floor = opt.get('floor', 'relay-mmsg')
    low = lambda ds: min(d['us_per_packet'] for d in ds)
    print('| server | scenario | SRTP | us/packet (min..max) | x floor | min x floor | CPU % of a core | packets/s out | video p50 / p99 / max us | lost | KiB per connection | context switches/s | windows | other load % |')
    print('|' + ' --- |' * 14)
    for (label, sc, n, srtp), ds in sorted(rows.items(), key=lambda x: (x[0][1], x[0][2], x[0][3], low(x[1]))):
        base = rows.get((floor, sc, n, srtp), [])
        r = ratios(ds, base)
        print('| %s | %s %d | %s | %.1f (%.1f..%.1f) | %s | %s | %.0f | %d | %d / %d / %d | %d | %.0f | %d | %d | %.0f |' % (
            label, sc, n, srtp, med(ds, 'us_per_packet'), low(ds), max(d['us_per_packet'] for d in ds), '%.2f' % statistics.median(r) if r else '',
            '%.2f' % (low(ds) / low(base)) if base else '', med(ds, 'sfu_cpu_pct'), med(ds, 'fwd_pps'), med(ds, 'video_p50_us'), med(ds, 'video_p99_us'), med(ds, 'video_max_us'),
            sum(d['seq_lost'] for d in ds), med(ds, 'rss_kb_per_pc'), med(ds, 'ctx_per_s'), len(ds), med(ds, 'other_cpu_pct')))


if __name__ == '__main__':
    main()
