#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Speaks all announcements anew. Needs espeak-ng and sox, which the build does not: the sound files are part of the sources.
set -eu
cd "$(dirname "$0")"
out=../resources/prompts
wav=$(mktemp --suffix=.wav)
trap 'rm -f "$wav"' EXIT
speak() { # language, voice, words a minute
  mkdir -p "$out/$1"
  grep -v '^#' "$1.txt" | while read -r key text; do
    espeak-ng -v "$2" -s "$3" -w "$wav" "$text"
    # 16 kHz mono, without the low hum, equally loud, and with a little silence on both sides; -R: the same every time
    sox -R "$wav" -r 16000 -c 1 -b 16 "$out/$1/$key.wav" gain -6 highpass 120 gain -n -9 pad 0.1 0.15
  done
}
speak de de 148
speak en en-gb 155
