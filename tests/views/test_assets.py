import base64
import hashlib

import pytest

from app.views import assets

VENDORED = sorted(
    path.name for path in (assets.STATIC / "vendor").iterdir() if path.suffix in (".js", ".css")
)


@pytest.mark.parametrize("name", VENDORED)
def test_vendored_file_is_the_one_that_was_vetted(name: str) -> None:
    digest = hashlib.sha384((assets.STATIC / "vendor" / name).read_bytes()).digest()
    assert assets.integrity(f"vendor/{name}") == f"sha384-{base64.b64encode(digest).decode()}"


def test_address_names_the_bytes_it_stands_for() -> None:
    digest = hashlib.sha256((assets.STATIC / "css" / "base.css").read_bytes()).hexdigest()
    assert assets.static("css/base.css") == f"/static/css/base.css?v={digest[:12]}"


def test_vendored_file_asks_for_no_other() -> None:
    for name in VENDORED:
        text = (assets.STATIC / "vendor" / name).read_text()
        assert "sourceMappingURL" not in text
        assert "@import" not in text
