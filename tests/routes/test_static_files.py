import httpx

from app.views import assets


async def test_files_come_small_and_are_kept(web: httpx.AsyncClient) -> None:
    answer = await web.get(assets.static("vendor/htmx-4.0.1.min.js"))
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "max-age=31536000, public, immutable"
    assert int(answer.headers.get("content-length", len(answer.content))) < 20_000


async def test_address_of_no_file_is_said_to_be_one(web: httpx.AsyncClient) -> None:
    assert (await web.get("/static/nothing.js")).status_code == 404
