# SPDX-License-Identifier: EUPL-1.2
"""A small WebSocket client (RFC 6455), enough for signalling."""
import base64
import os
import socket
import struct
import threading
from urllib.parse import urlsplit


class WebSocket:
    def __init__(self, url, protocol=None, headers=None, timeout=30):
        u = urlsplit(url)
        self.s = socket.create_connection((u.hostname, u.port or 80), timeout)
        path = (u.path or '/') + ('?' + u.query if u.query else '')
        h = ['GET %s HTTP/1.1' % path, 'Host: %s:%d' % (u.hostname, u.port or 80), 'Upgrade: websocket', 'Connection: Upgrade',
             'Sec-WebSocket-Key: ' + base64.b64encode(os.urandom(16)).decode(), 'Sec-WebSocket-Version: 13']
        if protocol:
            h.append('Sec-WebSocket-Protocol: ' + protocol)
        h += ['%s: %s' % x for x in (headers or {}).items()]
        self.s.sendall(('\r\n'.join(h) + '\r\n\r\n').encode())
        self.f = self.s.makefile('rb')
        status = self.f.readline().decode()
        if ' 101 ' not in status:
            raise RuntimeError('websocket: ' + status.strip())
        while self.f.readline().strip():
            pass
        self.lock = threading.Lock()
        self.s.settimeout(None)

    def _frame(self, op, data):
        n, m = len(data), os.urandom(4)
        head = bytes([0x80 | op])
        if n < 126:
            head += bytes([0x80 | n])
        elif n < 65536:
            head += struct.pack('!BH', 0x80 | 126, n)
        else:
            head += struct.pack('!BQ', 0x80 | 127, n)
        body = bytes(b ^ m[i & 3] for i, b in enumerate(data))
        with self.lock:
            self.s.sendall(head + m + body)

    def send(self, data):
        if isinstance(data, str):
            self._frame(1, data.encode())
        else:
            self._frame(2, data)

    def recv(self):
        """Next message as str or bytes; None when closed."""
        buf, kind = b'', 0
        while True:
            h = self.f.read(2)
            if len(h) < 2:
                return None
            op, n = h[0] & 15, h[1] & 127
            if n == 126:
                n = struct.unpack('!H', self.f.read(2))[0]
            elif n == 127:
                n = struct.unpack('!Q', self.f.read(8))[0]
            d = self.f.read(n)
            if op == 8:
                return None
            if op == 9:
                self._frame(10, d)
                continue
            if op == 10:
                continue
            kind = op or kind
            buf += d
            if h[0] & 0x80:
                return buf.decode() if kind == 1 else buf

    def close(self):
        try:
            self._frame(8, b'\x03\xe8')
            self.s.close()
        except OSError:
            pass
