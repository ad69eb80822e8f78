"""A merchant comes, sets Earshot up, leaves for good, and comes back."""

from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import expect

from tests.e2e import admins, networks
from tests.e2e.admins import Merchant, expect_admin
from tests.e2e.conftest import Arrive, NewContext
from tests.e2e.earshots import Earshot
from tests.e2e.shops import Shop
from tests.e2e.storefronts import Shopper, expect_storefront

BOLD = "rgb(35, 48, 143)"


@pytest.fixture
async def sindre(new_context: NewContext, borealis: Shop) -> AsyncIterator[Merchant]:
    """Borealis' owner; his shop has never had Earshot, as far as anybody can see."""
    await borealis.control("uninstall", shop=borealis.domain)
    await borealis.until_gone()
    async with networks.opened() as network:
        context = await new_context(proxy=network.proxy)
        yield await admins.sign_in(context, borealis, network)
    await borealis.control("install", shop=borealis.domain)
    await borealis.control("embed", shop=borealis.domain, on=True)


async def test_from_the_list_of_apps_to_an_empty_shop_and_back(
    earshot: Earshot, sindre: Merchant, arrive: Arrive, borealis: Shop
) -> None:
    await _installs(sindre)
    token = await borealis.id_token()
    await _turns_it_on_in_the_theme(sindre)

    shopper = await arrive(borealis)
    await shopper.opens()
    blanket = await borealis.sells("fjord-blanket")
    await expect_storefront(shopper).to_show(blanket.sentence, within=2)
    await _chooses_the_look(sindre, shopper)

    shopper.complaints.expect("status of 404")  # an open page may ask once more
    await _uninstalls(sindre)
    await expect_storefront(shopper).to_show_no_card(within=5)
    await borealis.until_gone()
    await _nothing_answers(earshot, borealis, token)

    await _installs(sindre)
    await _turns_it_on_in_the_theme(sindre)
    newcomer = await arrive(borealis)
    newcomer.complaints.expect("status of 404")  # streams know for five seconds that nobody is here
    await newcomer.opens()
    throw = await borealis.sells("fjord-blanket")
    await throw.notification()
    await expect_storefront(newcomer).to_show(throw.sentence, within=4)
    await expect(newcomer.card).to_have_css("background-color", BOLD)
    assert sindre.complaints.unexpected() == []


async def _installs(merchant: Merchant) -> None:
    """From the list of apps to a home page with all its parts."""
    await _opens_the_list_of_apps(merchant)
    await merchant.page.get_by_role("link", name="Install").click()
    consent = merchant.page.get_by_role("button", name="Install")
    await expect(consent).to_be_visible()
    await consent.click()
    await expect(merchant.app.get_by_role("heading", level=1, name="Earshot")).to_be_visible()
    await expect(merchant.app.locator("#setup-guide")).to_be_visible()
    await expect_admin(merchant).to_be("Live", within=10)


async def _opens_the_list_of_apps(merchant: Merchant) -> None:
    await merchant.page.goto(merchant.shop.admin_url.rpartition("/apps/")[0])
    await expect(merchant.page.get_by_role("heading", level=1, name="Apps")).to_be_visible()


async def _turns_it_on_in_the_theme(merchant: Merchant) -> None:
    """As the guide says: the editor comes up with the switch on, and he saves."""
    editor = await merchant.opens_in_a_new_tab("Open theme editor")
    await expect(editor.get_by_role("switch")).to_be_checked()
    await editor.get_by_role("button", name="Save").click()
    await expect(editor.locator("#said")).to_contain_text("Saved")
    await editor.close()
    await merchant.page.bring_to_front()
    await merchant.reloads()
    await expect(merchant.app.locator("#standing")).to_contain_text("On in your theme")


async def _chooses_the_look(merchant: Merchant, shopper: Shopper) -> None:
    """Seen in the preview before it is saved, and on a page that is open after."""
    await merchant.app.get_by_text("Choose what cards look like").click()
    await merchant.app.get_by_role("link", name="Choose the look").click()
    await merchant.app.get_by_role("radio", name="Bold").check()
    sample = merchant.app.frame_locator("#preview iframe").locator("earshot-card .card")
    await expect(sample).to_have_css("background-color", BOLD)
    await expect(shopper.card).not_to_have_css("background-color", BOLD)
    await merchant.page.get_by_role("button", name="Save").click()
    await expect_admin(merchant).to_say("Settings saved", within=3)
    await expect(shopper.card).to_have_css("background-color", BOLD, timeout=15_000)


async def _uninstalls(merchant: Merchant) -> None:
    await _opens_the_list_of_apps(merchant)
    await merchant.page.get_by_role("button", name="Uninstall").click()
    await merchant.page.locator("dialog").get_by_role("button", name="Uninstall").click()
    await expect(merchant.page.get_by_role("link", name="Install")).to_be_visible()


async def _nothing_answers(earshot: Earshot, shop: Shop, token: str) -> None:
    """Neither to shoppers nor to whoever still has an ID token."""
    public = (
        f"{earshot.app_url}/storefront/{shop.domain}/config.json",
        f"{earshot.stream_url}/storefront/{shop.domain}/stream",
    )
    private = ("/api/v1/shop", "/api/v1/settings", "/api/v1/notifications", "/settings")
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        for url in public:
            assert (await client.get(url)).status_code == 404, url
        for path in private:
            answer = await client.get(f"{earshot.app_url}{path}", headers=headers)
            assert answer.status_code == 404, f"{path}: {answer.status_code} {answer.text}"
