"""What an operator's machines ask: alive, ready, and how it goes."""

from litestar import MediaType, Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.doors import Doors


@get("/health/live", include_in_schema=False, media_type=MediaType.TEXT)
async def live() -> str:
    return "alive"


@get("/health/ready", include_in_schema=False, media_type=MediaType.TEXT)
async def ready(doors: NamedDependency[Doors]) -> str:
    """503 while Postgres is away: without it nothing can be promised. Redis may be away."""
    await doors.data.ping()
    return "ready"


@get("/metrics", include_in_schema=False)
async def metrics() -> Response[bytes]:
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
