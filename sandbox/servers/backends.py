"""The servers behind the app, each either started here or running elsewhere already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.servers import kafka, postgres, redis
from sandbox.supervision.processes import Process, stop_all
from sandbox.supervision.wardens import Warden

SECONDS_TO_STOP = 3.0


@dataclass(frozen=True)
class Servers:
    """Addresses, in the form of the environment variables of the same names."""

    database_url: str
    redis_url: str
    kafka_bootstrap_servers: str


@dataclass
class BackEnd:
    """Servers that `environ` names run elsewhere; the others are started, with data in `folder`."""

    folder: Path
    logs: Path
    environ: Mapping[str, str]
    warden: Warden
    processes: list[Process] = field(default_factory=list)
    ports: Mapping[str, int] = field(default_factory=dict)

    def start(self, ports: Mapping[str, int]) -> None:
        """Start them on the ports of `postgres` and `redis`; they are not ready at once."""
        self.ports = ports
        rest = (self.environ, self.logs, self.warden)
        if not self.environ.get("KAFKA_BOOTSTRAP_SERVERS"):
            self.processes.append(kafka.start(self.folder, *rest))
        if not self.environ.get("REDIS_URL"):
            self.processes.append(redis.start(self.folder, ports["redis"], *rest))
        if not self.environ.get("DATABASE_URL"):
            self.processes.append(postgres.start(self.folder, ports["postgres"], *rest))

    def addresses(self) -> Servers:
        """Where they are, once they are ready."""
        return Servers(
            database_url=self.environ.get("DATABASE_URL")
            or postgres.url(self.folder, self.ports["postgres"]),
            redis_url=self.environ.get("REDIS_URL") or redis.url(self.ports["redis"]),
            kafka_bootstrap_servers=self.environ.get("KAFKA_BOOTSTRAP_SERVERS")
            or kafka.address(self.folder),
        )

    def stop(self) -> None:
        stop_all(self.processes, SECONDS_TO_STOP)
        self.processes.clear()
