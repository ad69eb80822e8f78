"""All styles as one file, all behaviours as another (views/bundles.py)."""

from litestar import Response, get
from litestar.datastructures import CacheControlHeader
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from app.views import bundles

A_YEAR = 31_536_000
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@get(
    "/bundles/{name:str}",
    include_in_schema=False,
    cache_control=CacheControlHeader(public=True, max_age=A_YEAR, immutable=True),
    sync_to_thread=False,
)
def show(name: FromPath[str]) -> Response[str]:
    if name not in bundles.CONTENTS:
        raise NotFoundException("There is nothing at this address.")
    return Response(bundles.CONTENTS[name](), media_type=_TYPES[name.rpartition(".")[2]])
