#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What a forwarded packet costs, beside the least it can cost: mvn -B verify -Pbench -DskipTests (see docs/performance.md).
# Arguments: where to build, Java, the class path of the demo, what to measure ("lecture:50:gcm ..."). Root; gcc, libssl-dev, python3, iproute2.
# All of it runs in a network namespace of its own: no packet leaves the machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$1 java=$2 classpath=$3 what=$4
windows=${BENCH_WINDOWS:-5} warm=${BENCH_WARM:-30}
ns=plenum-bench-$$
secret=$(head -c 24 /dev/urandom | base64)
export BENCH_BUILD=$out

[ "$(id -u)" = 0 ] || { echo "bench: only root can make a network namespace" >&2; exit 1; }
for tool in gcc python3 ip; do
    command -v $tool > /dev/null || { echo "bench: $tool is missing (Debian: gcc libssl-dev python3 iproute2)" >&2; exit 1; }
done
mkdir -p "$out"
cc="gcc -O2 -g -Wall -Wextra -Wno-deprecated-declarations"
(cd "$here" && $cc -o "$out/mcore" core/*.c -lssl -lcrypto -lm && $cc -o "$out/relay" -I core floor/relay.c core/srtp.c core/stun.c -lssl -lcrypto)

demo=
finish() {
    if [ -n "$demo" ]; then
        kill "$demo" 2> /dev/null || true
        wait "$demo" 2> /dev/null || true
    fi
    ip netns del "$ns" 2> /dev/null || true
}
trap finish EXIT
ip netns add "$ns"
in="ip netns exec $ns"
$in sh -c 'ip link set lo up; ip link add b0 type bridge; ip addr add 198.18.0.1/24 dev b0; ip link set b0 up; ip route add default dev b0'

rm -rf "$out/run" "$out/results.jsonl" "$out/demo.log" # an old log says that the demo is ready
$in "$java" -cp "$classpath" -Dplenum.project.dir="$here/../../.." -Dplenum.demo.run-dir="$out/run" -Dplenum.demo.port-offset=0 \
    -Dplenum.demo.java-home="$(dirname "$(dirname "$java")")" -Dplenum.media.api-secret="$secret" ${BENCH_DEMO:-} org.plenum.demo.Demo > "$out/demo.log" 2>&1 &
demo=$!
until grep -qs "Stop with" "$out/demo.log"; do
    kill -0 "$demo" 2> /dev/null || { cat "$out/demo.log" >&2; exit 1; }
    sleep 1
done
server=$(pgrep -f -- "-Djboss.server.base.dir=$out/run/wildfly" | head -1)

measure() { # label, windows, seconds of warm-up, scenario, size, profile, more
    local label=$1 runs=$2 before=$3 scenario=$4 size=$5 srtp=$6
    shift 6
    $in python3 "$here/run.py" --label "$label" --runs "$runs" --warm "$before" --secs 8 --rt 5 --scenario "$scenario" -n "$size" --srtp "$srtp" \
        --work "$out" --json "$out/results.jsonl" "$@"
}
for each in $what; do
    IFS=: read -r scenario size srtp <<< "$each"
    measure relay-mmsg 3 5 "$scenario" "$size" "$srtp" --sfu relay -o send=mmsg
    measure plenum "$windows" "$warm" "$scenario" "$size" "$srtp" --sfu livekit --pid "$server" --url ws://127.0.0.1:8080 \
        -o path=/livekit -o key=plenum -o "secret=$secret"
    measure relay-mmsg 3 5 "$scenario" "$size" "$srtp" --sfu relay -o send=mmsg
done
"$java" -version 2>&1 | head -1
python3 "$here/table.py" "$out/results.jsonl"
python3 "$here/targets.py" "$out/results.jsonl" || true # figures are told, not judged: a noisy machine is no defect
