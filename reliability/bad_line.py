"""A bad line in front of a server: so many bits a second each way, a delay, and every tenth connection cut midway."""

import socket
import threading
import time
from contextlib import suppress

BLOCK = 512


class BadLine:
    """Listens on a port of its own and hands on to another; counts the bytes of all connections."""

    def __init__(self, to: int, *, bits: float = 64_000, delay: float = 0.8, cut_every: int = 10) -> None:
        self.to, self.bits, self.delay, self.cut_every = to, bits, delay, cut_every
        self.n_connections = self.n_cut = self.n_bytes = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                self.n_connections += 1
                is_cut = self.cut_every and self.n_connections % self.cut_every == 0
                # by turns on the way there, at the beginning of the answer, and in the middle of it
                after = (300, 700, 1_400)[self.n_connections // self.cut_every % 3] if is_cut else None
                threading.Thread(target=self._carry, args=(near, after), daemon=True).start()

    def _carry(self, near: socket.socket, cut_after: int | None) -> None:
        with near, socket.create_connection(("127.0.0.1", self.to)) as far:
            carried = [0]
            ways = [
                threading.Thread(target=self._pump, args=(a, b, carried, cut_after), daemon=True)
                for a, b in ((near, far), (far, near))
            ]
            for way in ways:
                way.start()
            for way in ways:
                way.join()

    def _pump(
        self, source: socket.socket, target: socket.socket, carried: list[int], cut_after: int | None
    ) -> None:
        with suppress(OSError):
            is_first = True
            while block := source.recv(BLOCK):
                if is_first:
                    time.sleep(self.delay / 2)
                    is_first = False
                time.sleep(len(block) * 8 / self.bits)
                carried[0] += len(block)
                with self._lock:
                    self.n_bytes += len(block)
                if cut_after is not None and carried[0] > cut_after:
                    with self._lock:
                        self.n_cut += 1
                    break
                target.sendall(block)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR if cut_after is not None else socket.SHUT_WR)
