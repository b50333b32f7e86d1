"""A mail server of a few lines, for letters that really leave (RFC 5321, what a client needs of it)."""

import socketserver
import threading
from contextlib import contextmanager


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb.startswith("DATA"):
                self._say("354 go on")
                self.server.letters.append(self._letter())
            if verb.startswith("RCPT TO") and "refused@" in line:
                self._say("550 5.1.1 no such mailbox")
                continue
            if verb == "QUIT":
                self._say("221 bye")
                return
            self._say("250 fine")

    def _letter(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    request_queue_size = 128  # who does not fit into the queue is connected, and never heard


@contextmanager
def mail_server():
    """Run a server on a free port of this machine; yields (port, the letters it took)."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads, server.letters = True, []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1], server.letters
        finally:
            server.shutdown()
