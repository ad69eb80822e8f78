"""Pictures, themes and the extension's assets."""

from pathlib import Path
from typing import Any

from litestar import Request, Response, get

from sandbox.shopify import static_files
from sandbox.shopify.stand_in import stand_in_of

AnyRequest = Request[Any, Any, Any]
HERE = Path(__file__).parent


@get("/products-images/{name:str}")
async def picture(request: AnyRequest) -> Response[bytes]:
    return static_files.send(HERE / "pictures", request.path_params["name"], cached=True)


@get("/cdn/theme/{name:str}")
async def theme(request: AnyRequest) -> Response[bytes]:
    return static_files.send(HERE / "static", request.path_params["name"])


@get("/cdn/extensions/{name:str}")
async def asset(request: AnyRequest) -> Response[bytes]:
    """From the theme app extension, read anew each time, so that a rebuild shows."""
    assets = stand_in_of(request).options.extension / "assets"
    return static_files.send(assets, request.path_params["name"])


@get("/favicon.ico")
async def favicon() -> Response[bytes]:
    return static_files.send(HERE / "static", "favicon.svg", cached=True)


ROUTES = [picture, theme, asset, favicon]
