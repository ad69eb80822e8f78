"""Free ports on the loopback address."""

import random
import socket

LOOPBACK = "127.0.0.1"
# Below the range that systems give to outgoing connections, so that none takes a port between
# the moment we choose it and the moment its server binds it.
CANDIDATES = range(20_000, 32_000)


def free_port() -> int:
    """A port nobody listens on."""
    while True:
        port = random.choice(CANDIDATES)
        if is_free(port):
            return port


def is_free(port: int) -> bool:
    with socket.socket() as trial:
        # As servers do, so that a port of a connection just closed counts as free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
