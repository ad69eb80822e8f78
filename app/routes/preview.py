"""A page of some shop, in outline, with the real widget on it: what settings are tried out in.

It holds nothing of any tenant and asks nobody; the page around it tells it what to show.
"""

from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.response import Template

from app.domain import shops
from app.doors import Doors
from app.routes import framing

_ASSETS = Path(__file__).parents[2] / "storefront_widget" / "extension" / "assets"

# What a card says of itself, so that nobody takes it for one on a storefront.
_MARKS = {"notification": "Preview"}


@get("/preview", include_in_schema=False)
async def show(request: Request[Any, Any, Any], doors: NamedDependency[Doors]) -> Template:
    """`shop` says whose admin may frame it, checked for its form only; `of` says what it shows."""
    shop = request.query_params.get("shop", "")
    mark = _MARKS.get(request.query_params.get("of", ""), "Sample")
    headers = framing.preview_headers(doors.settings, shop if shops.is_domain(shop) else None)
    return Template("preview/index.html", context={"mark": mark}, headers=headers)


@get("/preview/widget.js", include_in_schema=False, media_type="text/javascript")
async def widget() -> Response[bytes]:
    """The file that shops load, in its newest version."""
    files = sorted(_ASSETS.glob("earshot-*.js"), key=_version)
    if not files:
        raise NotFoundException("This installation came without the widget.")
    return Response(files[-1].read_bytes(), headers={"Cache-Control": "no-cache"})


def _version(file: Path) -> tuple[int, ...]:
    numbers = file.stem.removeprefix("earshot-").split(".")
    return tuple(int(number) for number in numbers if number.isdigit())
