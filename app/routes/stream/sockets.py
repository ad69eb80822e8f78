"""The listening socket; accepted connections inherit what is set on it."""

import resource
import socket

BACKLOG = 4096
# Little is kept in the kernel for a reader who does not read: we are to notice.
_SEND_BUFFER = 32 * 1024
_SILENT_PEER_MS = 45_000


def listen(host: str, port: int) -> socket.socket:
    """Several processes may listen on one port; the kernel shares out the connections."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=BACKLOG, reuse_port=True)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _SILENT_PEER_MS)
    listening.setblocking(False)
    return listening


def allow_as_many_as_permitted() -> None:
    """A connection is an open file, and the usual soft limit is 1,024."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
