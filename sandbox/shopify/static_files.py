"""Files of one folder, by name."""

from pathlib import Path

from litestar import Response

from sandbox.shopify.refusals import Unknown

TYPES = {
    ".svg": "image/svg+xml",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


def send(folder: Path, name: str, *, cached: bool = False) -> Response[bytes]:
    """Only what lies directly in the folder. Raises Unknown."""
    known = {file.name: file for file in folder.iterdir()} if folder.is_dir() else {}
    if name not in known or known[name].suffix not in TYPES:
        raise Unknown(f"There is no file {name!r}.")
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, max-age=3600" if cached else "no-cache",
    }
    content = known[name].read_bytes()
    return Response(content, media_type=TYPES[known[name].suffix], headers=headers)
