# SPDX-License-Identifier: EUPL-1.2
"""What every signalling driver offers, and small helpers."""
import socket


def local_ip():
    """An address of this host, if possible not 127.x: some SFUs skip loopback interfaces; the kernel still routes it over lo."""
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        s.connect(('192.0.2.1', 9))                 # sends nothing
        return s.getsockname()[0]
    except OSError:
        return '127.0.0.1'
    finally:
        s.close()


class Driver:
    """
    launch()    start the server if the driver can; return its pid (or None: --pid is given)
    connect()   open the signalling, create the room
    lecture(n)  1 publisher (audio+video), n subscribers -> (publisher endpoints, subscriber endpoints, number of forwarded streams)
    meeting(m)  m participants, all send and receive     -> the same
    close()
    Endpoints come from core.new_pc(); a driver configures them with send()/recv()/start().
    """
    name = '?'
    bind = '127.0.0.1'

    def __init__(self, core, o):
        self.core, self.o, self.proc = core, o, None

    def pin(self, cmd):
        return cmd if self.o.sfu_cpu is None else ['taskset', '-c', str(self.o.sfu_cpu)] + cmd

    def close(self):
        if self.proc:
            self.proc.terminate()
            try:
                self.proc.wait(10)
            except Exception:
                self.proc.kill()
