#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Which ways into a Plenum server are open from here? Needs bash, curl, openssl and coreutils. Changes nothing and signs in nowhere.
#
#   check-server.sh HOST [HTTPS-PORT [MEDIA-TCP-PORT [TURN-PORT]]]        443 10000 3478 unless told; 0: not there
#
# The answer is 0 when pages and at least one way for media over TCP or TURN are open. Media over UDP only answers who is in a meeting: it
# cannot be asked from a script.
set -uo pipefail

host=${1:?usage: check-server.sh HOST [HTTPS-PORT [MEDIA-TCP-PORT [TURN-PORT]]]}
https=${2:-443} media=${3:-10000} turn=${4:-3478}
literal=$host
[[ $host == *:* ]] && literal="[$host]"
base="https://$literal:$https"
pages=closed ways=0

say() { printf '%-34s %s\n' "$1" "$2"; }

# A STUN Binding request without anything (RFC 8489 section 5), and how its answer begins.
request='\x00\x01\x00\x00\x21\x12\xa4\x42plenum-check'
begin() { od -An -tx1 -N2 | tr -d ' \n'; }
success=0101

status() { curl -sS -m 8 -o /dev/null -w '%{http_code}' "$@" 2> /dev/null; }

# ---- pages, REST, signaling
if [[ $(status "$base/") == 200 ]]; then
  pages=open
  say "pages ($https/tcp)" "open, the certificate is trusted here"
elif [[ $(status -k "$base/") == 200 ]]; then
  pages=open
  say "pages ($https/tcp)" "open, but THE CERTIFICATE IS NOT TRUSTED here: browsers will refuse camera and microphone"
else
  say "pages ($https/tcp)" "CLOSED"
fi
if [[ $pages == open ]]; then
  [[ $(status -k "$base/v1/auth/login") == 200 ]] && say "REST (/v1)" "open" || say "REST (/v1)" "NO ANSWER: is a proxy in between set up for it?"
  [[ $(status -k "$base/livekit/rtc/validate") == 401 ]] && say "media signaling (/livekit)" "open" || say "media signaling (/livekit)" "NO ANSWER: is a proxy in between set up for it?"
  upgraded=$(status -k -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: cGxlbnVtLWNoZWNrLTEyMw==' \
    --http1.1 "$base/livekit/rtc")
  [[ $upgraded == 401 ]] && say "WebSockets" "get through" || say "WebSockets" "DO NOT GET THROUGH ($upgraded)"
  for version in tls1 tls1_1; do
    if openssl s_client "-$version" -cipher 'ALL:@SECLEVEL=0' -connect "$literal:$https" < /dev/null 2> /dev/null | grep -q 'Cipher *: *[A-Z]'; then
      say "TLS" "OLD VERSION $version IS ACCEPTED"
    fi
  done
fi

# ---- media
if [[ $media != 0 ]]; then
  if timeout 5 bash -c "exec 3<> /dev/tcp/$host/$media" 2> /dev/null; then
    ways=$((ways + 1))
    say "media over TCP ($media/tcp)" "open"
  else
    say "media over TCP ($media/tcp)" "closed"
  fi
fi
if [[ $turn != 0 ]]; then
  for transport in udp tcp; do
    if [[ $(timeout 5 bash -c "exec 3<> /dev/$transport/$host/$turn; printf '$request' >&3; timeout 3 head -c 2 <&3" 2> /dev/null | begin) == "$success" ]]; then
      ways=$((ways + 1))
      say "TURN ($turn/$transport)" "open"
    else
      say "TURN ($turn/$transport)" "closed"
    fi
  done
fi
if [[ $( (printf "$request"; sleep 2) | timeout 8 openssl s_client -quiet -connect "$literal:$https" 2> /dev/null | begin) == "$success" ]]; then
  ways=$((ways + 1))
  say "TURN over TLS ($https/tcp)" "open: whoever gets to the pages gets media, Chromium behind an HTTP proxy too"
else
  say "TURN over TLS ($https/tcp)" "closed"
fi

[[ $pages == open && $ways -gt 0 ]]
