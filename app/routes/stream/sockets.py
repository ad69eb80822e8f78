"""Listening sockets; accepted connections inherit what is set on them."""

import resource
import socket

from app.errors import AddressTaken

BACKLOG = 4096
# Little is kept in the kernel for a reader who does not read: we are to notice.
_SEND_BUFFER = 32 * 1024
_SILENT_PEER_MS = 45_000


def bound(host: str, port: int, backlog: int = 2048) -> socket.socket:
    """Several processes may listen on one port; the kernel shares out the connections.

    Raises AddressTaken where it is somebody else's, or no address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=backlog, reuse_port=True)
    except OSError as error:
        raise AddressTaken(f"Cannot listen on {host}:{port}: {error.strerror}.") from error


def listen(host: str, port: int) -> socket.socket:
    """For streams: little is buffered, and a peer that has gone silent is noticed."""
    listening = bound(host, port, BACKLOG)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _SILENT_PEER_MS)
    listening.setblocking(False)
    return listening


def allow_as_many_as_permitted() -> None:
    """A connection is an open file, and the usual soft limit is 1,024."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
