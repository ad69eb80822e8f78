"""The page that previews are shown in: the real widget, nothing of any shop, nobody to speak to."""

import httpx

from tests.cast import ALBA, BOREALIS


async def test_frame_is_the_same_for_everybody(web: httpx.AsyncClient) -> None:
    pages = [await web.get("/preview", params={"shop": shop}) for shop in (ALBA, BOREALIS, "x")]
    assert {page.status_code for page in pages} == {200}
    assert len({page.text for page in pages}) == 1
    assert "myshopify" not in pages[0].text


async def test_frame_may_stand_only_in_our_own_page_inside_that_shops_admin(
    web: httpx.AsyncClient,
) -> None:
    answer = await web.get("/preview", params={"shop": ALBA})
    policy = answer.headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' https://{ALBA} https://admin.shopify.com;" in policy
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy
    for odd in ("", "x", "evil.com", f"{ALBA}.evil.com", f"{ALBA}; script-src *", f"{ALBA}\n"):
        answer = await web.get("/preview", params={"shop": odd})
        assert "frame-ancestors 'self';" in answer.headers["Content-Security-Policy"]


async def test_widget_is_the_newest_that_shops_load(web: httpx.AsyncClient) -> None:
    answer = await web.get("/preview/widget.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text.startswith("/* Earshot 0.2.0")
