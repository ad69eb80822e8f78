"""The shops' pages: the embed as a theme loads it, the cart, a purchase."""

import json
import re
from pathlib import Path

import pytest

from sandbox.shopify.storefront.embeds import Metafield, app_embeds
from tests.sandbox.conftest import ALBA, BOREALIS, Standing

BLOCK = """
<div id="x" data-shop="{{ shop.permanent_domain }}" data-app="{{ app.metafields.earshot.app_url }}"
 data-value="{{ app.metafields.earshot.app_url.value }}" data-file="{{ 'x.js' | asset_url }}"
 data-on="{{ block.settings.mobile }}" {% if product %}data-product="{{ product.id }}"{% endif %}>
</div>
{% schema %}
{"name": "X", "target": "body", "javascript": "x.js",
 "settings": [{"type": "checkbox", "id": "mobile", "default": true}]}
{% endschema %}
"""


def drawn(folder: Path, **globals_: object) -> str:
    (folder / "blocks").mkdir()
    (folder / "blocks" / "x.liquid").write_text(BLOCK)
    (folder / "blocks" / "y.liquid").write_text(
        'no {% schema %}{"target":"section"}{% endschema %}'
    )
    metafields = {"earshot": {"app_url": Metafield("http://app")}}
    known = {"shop": {"permanent_domain": ALBA}, "app": {"metafields": metafields}}
    return app_embeds(folder, {**known, **globals_})


def test_block_is_drawn_as_a_theme_would(tmp_path: Path) -> None:
    html = drawn(tmp_path, product={"id": 7})
    assert f'data-shop="{ALBA}"' in html
    assert html.count('"http://app"') == 2
    assert 'data-file="/cdn/extensions/x.js"' in html
    assert 'data-on="true"' in html
    assert 'data-product="7"' in html
    assert '<script src="/cdn/extensions/x.js" defer></script>' in html
    assert 'class="shopify-block shopify-app-block"' in html


def test_schema_is_not_shown_nor_are_other_targets(tmp_path: Path) -> None:
    html = drawn(tmp_path)
    assert "schema" not in html
    assert "no " not in html
    assert "data-product" not in html


def test_shop_without_the_extension_has_no_embed(tmp_path: Path) -> None:
    assert app_embeds(tmp_path / "nowhere", {}) == ""


@pytest.mark.parametrize(
    ("locale", "close"),
    [("en", "Close"), ("de", "Schließen"), ("pt-BR", "Fechar"), ("sv", "Close")],
)
async def test_embed_has_its_words_in_the_page_s_language(
    shopify: Standing, locale: str, close: str
) -> None:
    page = (await shopify.alba.get(f"/?locale={locale}")).text
    assert f'data-close="{close}"' in page


@pytest.mark.parametrize("path", ["/", "/collections/all", "/products/alba-mug", "/cart"])
async def test_every_page_holds_the_shopify_object_and_the_embed(
    shopify: Standing, path: str
) -> None:
    page = await shopify.alba.get(path)
    assert page.status_code == 200
    known = json.loads(page.text.split("window.Shopify = ")[1].split(";</script>")[0])
    assert known["shop"] == ALBA
    assert (known["currency"]["active"], known["designMode"]) == ("EUR", False)
    assert 'class="shopify-block shopify-app-block"' in page.text


async def test_embed_can_be_switched_off_per_shop(shopify: Standing) -> None:
    await shopify.control("embed", shop=ALBA, on=False)
    assert "shopify-app-block" not in (await shopify.alba.get("/")).text
    assert "shopify-app-block" in (await shopify.borealis.get("/")).text


async def test_each_port_is_another_shop(shopify: Standing) -> None:
    assert "Alba Ceramics" in (await shopify.alba.get("/")).text
    assert "Borealis" in (await shopify.borealis.get("/")).text
    assert (await shopify.borealis.get("/products/alba-mug")).status_code == 404
    assert (await shopify.alba.get("/_control")).status_code == 404


async def test_language_and_direction_follow_the_query(shopify: Standing) -> None:
    page = (await shopify.alba.get("/?locale=ar")).text
    assert '<html lang="ar" dir="rtl">' in page
    assert 'lang="en"' in (await shopify.alba.get('/?locale="><script>')).text


async def test_merchants_titles_are_escaped(shopify: Standing) -> None:
    await shopify.control("products/alba-mug", title="<script>alert(1)</script>")
    for path in ("/", "/products/alba-mug"):
        page = (await shopify.alba.get(path)).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
    await shopify.settle()


async def test_unpublished_product_is_gone(shopify: Standing) -> None:
    await shopify.control("products/alba-mug", status="draft")
    assert (await shopify.alba.get("/products/alba-mug")).status_code == 404
    assert "Alba mug" not in (await shopify.alba.get("/collections/all")).text
    await shopify.settle()
    assert shopify.receiver.topics == ["products/update"]


async def test_pictures_are_where_the_payloads_say(shopify: Standing) -> None:
    for client, shop in ((shopify.alba, ALBA), (shopify.borealis, BOREALIS)):
        for product in shopify.stand_in.world.products(shop):
            payload = shopify.stand_in.announcer.product_payload(
                shopify.stand_in.world.shop(shop), product
            )
            answer = await client.get(payload["image"]["src"])
            assert answer.headers["content-type"].startswith("image/svg+xml")
    assert (await shopify.alba.get("/products-images/..%2Fpages.py")).status_code == 404


async def test_ajax_api_knows_product_and_cart(shopify: Standing) -> None:
    product = (await shopify.alba.get("/products/tide-plate.js")).json()
    assert (product["handle"], product["price"]) == ("tide-plate", 2900)
    variant = product["variants"][1]["id"]
    added = await shopify.alba.post("/cart/add.js", json={"items": [{"id": variant}]})
    assert added.json()["items"][0]["final_line_price"] == 3600
    cart = (await shopify.alba.post("/cart/update.js", json={"updates": {variant: 3}})).json()
    assert (cart["item_count"], cart["total_price"], cart["currency"]) == (3, 10_800, "EUR")
    assert (await shopify.alba.get("/cart.js")).json() == cart


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/cart/add.js", {"id": "x"}),
        ("/cart/add.js", {"items": 3}),
        ("/cart/add.js", {"id": 1}),
        ("/cart/update.js", {"updates": []}),
        ("/cart/update.js", {"updates": {"1": -1}}),
    ],
)
async def test_bad_cart_requests_are_refused(
    shopify: Standing, path: str, body: dict[str, object]
) -> None:
    assert (await shopify.alba.post(path, json=body)).status_code in (400, 404)


async def test_purchase_takes_the_cart_to_an_order(shopify: Standing) -> None:
    product = (await shopify.alba.get("/products/alba-mug.js")).json()
    await shopify.alba.post("/cart/add.js", json={"id": product["variants"][0]["id"]})
    await shopify.alba.post("/cart/update.js", json={"attributes": {"_earshot": "seen"}})
    token = (await shopify.alba.get("/cart.js")).json()["token"]
    sent = await shopify.alba.post("/checkout")
    assert re.fullmatch(r"/thanks/[0-9a-f]{32}", sent.headers["location"])
    assert "Thank you" in (await shopify.alba.get(sent.headers["location"])).text
    await shopify.settle()
    order = json.loads(shopify.receiver.webhooks[0].body)
    assert order["cart_token"] == token
    assert order["note_attributes"] == [{"name": "_earshot", "value": "seen"}]
    assert order["financial_status"] == "paid"
    assert (await shopify.alba.get("/cart.js")).json()["item_count"] == 0


async def test_buy_now_leaves_the_cart_alone(shopify: Standing) -> None:
    product = (await shopify.alba.get("/products/alba-mug.js")).json()
    variant = product["variants"][0]["id"]
    await shopify.alba.post("/cart/add", data={"id": str(variant), "quantity": "2"})
    await shopify.alba.post("/checkout", data={"id": str(variant), "quantity": "1"})
    assert (await shopify.alba.get("/cart.js")).json()["item_count"] == 2
    assert shopify.stand_in.world.orders(ALBA)[0].lines[0].quantity == 1
    await shopify.settle()


async def test_a_shops_own_domain_leads_to_its_storefront(shopify: Standing) -> None:
    for path in ("", "/products/alba-mug"):
        answer = await shopify.admin.get(f"/shops/{ALBA}{path}")
        assert answer.status_code == 302
        assert (
            answer.headers["location"] == f"{str(shopify.alba.base_url).rstrip('/')}{path or '/'}"
        )
