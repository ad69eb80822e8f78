"""What an operator watches of the stream."""

import os

from prometheus_client import Counter, Gauge

_connections = Gauge("earshot_stream_connections", "Open streams", ["process"])
deliveries = Counter("earshot_stream_deliveries", "Messages written to streams")
slow_readers = Counter("earshot_stream_slow_readers", "Streams cut for not being read")
resets = Counter("earshot_stream_resets", "Resume requests that were answered with a reset")
replays = Counter("earshot_stream_replays", "Replays read from Redis for resuming streams")
refusals = Counter("earshot_stream_refusals", "Requests not answered with a stream", ["status"])


def connections() -> Gauge:
    """This process's, asked for late: a process may have been forked."""
    return _connections.labels(str(os.getpid()))
