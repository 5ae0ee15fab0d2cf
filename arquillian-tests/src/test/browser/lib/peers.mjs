// SPDX-License-Identifier: EUPL-1.2
// Participants by the name of their client: chromium-2.19.0, chromium-2.23.0, firefox-2.19.0, native.
import { inChromium, inFirefox } from './browsers.mjs';
import { pages } from './pages.mjs';
import { mediaUrl, token } from './scenario.mjs';

let served;

export async function open(use, kind) {
  if (kind === 'native') {
    const { NativePeer } = await import('./native.mjs');
    return use(new NativePeer());
  }
  served ??= pages().then(use);
  const [browser, version] = kind.split('-');
  return use(await (browser === 'firefox' ? inFirefox : inChromium)((await served).url, version));
}

/** Opens a client and lets it enter, by `detour` a port that its media goes to, `overTcp` (by a port, if it is one) or by a relay; `peer.identity` and `peer.sid` are set. */
export async function enter(use, kind, room, { identity, grants, claims, options, life, detour, overTcp, relayed, url = mediaUrl } = {}) {
  const peer = await open(use, kind);
  if (detour) await peer.call('detour', detour);
  if (overTcp) await peer.call('overTcp', ...(overTcp === true ? [] : [overTcp]));
  if (relayed) await peer.call('relayed', relayed);
  Object.assign(peer, await peer.connect(url, token({ room, identity, grants, claims, life }), options));
  return peer;
}
