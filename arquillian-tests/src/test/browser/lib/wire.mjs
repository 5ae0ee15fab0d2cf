// SPDX-License-Identifier: EUPL-1.2
// A signaling socket without media behind it, for what a well-behaved client never sends.
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import WebSocket from 'ws';
import { mediaUrl, until } from './scenario.mjs';

export const query = (token, more = {}) => new URLSearchParams({ access_token: token, auto_subscribe: '1', sdk: 'js', version: '2.19.0', protocol: '17', ...more });

export class Wire {
  /** Resolves when the socket is open; rejects with the HTTP status as `status` when the upgrade is refused. */
  static open(token, more = {}, path = '/rtc') {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${mediaUrl}${path}?${query(token, more)}`);
      const wire = new Wire(socket);
      socket.on('open', () => resolve(wire));
      socket.on('unexpected-response', (_, response) => reject(Object.assign(new Error(`HTTP ${response.statusCode}`), { status: response.statusCode })));
      socket.on('error', reject);
    });
  }

  constructor(socket) {
    this.socket = socket;
    this.messages = [];
    this.closed = null;
    socket.on('message', (data) => this.messages.push(SignalResponse.fromBinary(new Uint8Array(data)).message));
    socket.on('close', (code) => (this.closed = code));
  }

  send(kind, value) {
    this.socket.send(new SignalRequest({ message: { case: kind, value } }).toBinary());
  }

  /** The first message of this kind that came or will come. */
  first(kind, ms = 10_000) {
    return until(`a message ${kind}`, () => this.messages.find((each) => each.case === kind), ms).then((message) => message.value);
  }

  close() {
    this.socket.terminate();
  }
}
