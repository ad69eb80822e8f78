"""What an operator's machines ask: alive, ready, and how it goes."""

from litestar import MediaType, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.doors import Doors


@get("/health/live", include_in_schema=False, media_type=MediaType.TEXT)
async def live() -> str:
    return "alive"


@get("/health/ready", include_in_schema=False, media_type=MediaType.TEXT)
async def ready(doors: NamedDependency[Doors], state: State) -> Response[str]:
    """503 while Postgres is away, or a worker has not begun. Redis may be away."""
    await doors.data.ping()
    if not all(part.is_set() for part in state.get("ready", ())):
        return Response("not at work yet", status_code=503)
    return Response("ready")


@get("/metrics", include_in_schema=False)
async def metrics() -> Response[bytes]:
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
