// SPDX-License-Identifier: EUPL-1.2
// Access tokens as the media engine wants them (JWT, HS256), made without its code.
import { createHmac, randomUUID } from 'node:crypto';

const base64url = (text) => Buffer.from(text).toString('base64url');

/** @param grants members of the claim `video`; `life` in seconds, negative for an expired token */
export function token({ room, identity = randomUUID(), name = identity, key, secret, life = 60, grants = {}, claims = {} }) {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: key,
    sub: identity,
    name,
    nbf: Math.min(now, now + life) - 5,
    exp: now + life,
    video: { roomJoin: true, room, canPublish: true, canSubscribe: true, ...grants },
    ...claims,
  };
  const text = `${base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' }))}.${base64url(JSON.stringify(payload))}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
