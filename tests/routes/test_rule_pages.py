"""The rules pages: what shoppers hear is switched, worded, filtered and limited here."""

import re
from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import httpx
import pytest

from app.data import rules
from app.domain import rule_forms
from app.domain.kinds import BY_NAME
from app.domain.rules import Rule, beginning
from tests.cast import ALBA, ANA, BOREALIS, CLOSED_CAFE, bearer, id_token, order, product
from tests.services.chain import Chain

BEN = "4711"
MAIN = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#rule-form"}
VIEWER = "0" * 32
NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install()
    await chain.tell("products/create", product())
    return chain


def rule_of(kind: str, shop: str = ALBA) -> Rule:
    return next(rule for rule in beginning(shop) if rule.kind == kind)


def typed(rule: Rule, version: int, **changes: list[str]) -> dict[str, list[str]]:
    """All fields that the rule's page sends, with these changed, `__` standing for a dot."""
    names = {rule_forms.ENABLED, *rule_forms.shown(rule.of_kind)}
    fields = {name: texts for name, texts in rule_forms.fields(rule).items() if name in names}
    changed = {name.replace("__", "."): texts for name, texts in changes.items()}
    return {**fields, **changed, "version": [str(version)]}


async def save(
    web: httpx.AsyncClient, rule: Rule, version: int, *, by: str = ANA, **changes: list[str]
) -> httpx.Response:
    form = typed(rule, version, **changes)
    return await web.put(f"/rules/{rule.id}", data=form, headers=bearer(sub=by) | FRAGMENT)


async def stored(chain: Chain, kind: str) -> Rule:
    async with chain.doors.data.tenant(ALBA):
        return next(rule for rule in await rules.all_of(ALBA) if rule.kind == kind)


def words(answer: httpx.Response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


async def test_all_kinds_are_listed_with_an_example_and_only_orders_are_on(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    answer = await web.get("/rules", headers=bearer() | MAIN)
    said = words(answer)
    for kind in BY_NAME.values():
        assert kind.title in said
    assert answer.text.count(">On</span>") == 1
    assert "Someone bought Alba mug" in said
    assert "Nothing is written yet." in said  # of announcements


@pytest.mark.parametrize("kind", list(BY_NAME))
async def test_each_rule_has_a_page_with_the_fields_of_its_kind(
    web: httpx.AsyncClient, alba: Chain, kind: str
) -> None:
    rule = rule_of(kind)
    answer = await web.get(
        f"/rules/{rule.id}", params={"shop": ALBA, "embedded": "1", "id_token": id_token()}
    )
    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")
    for name in rule_forms.shown(rule.of_kind):
        is_picker = f'of={name}"' in answer.text
        assert is_picker or f'name="{name}"' in answer.text, name


@pytest.mark.parametrize("kind", list(BY_NAME))
async def test_a_page_that_is_saved_as_it_was_changes_nothing(
    web: httpx.AsyncClient, alba: Chain, kind: str
) -> None:
    rule = rule_of(kind)
    answer = await save(web, rule, 0)
    assert answer.status_code == 200, words(answer)
    assert (await stored(alba, kind)).wish == rule.wish


async def test_what_a_merchant_wishes_is_saved_and_shown(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    rule = await stored(alba, "recent-order")
    answer = await save(
        web,
        rule,
        rule.version,
        wording__en=["Just now: {product}"],
        filters__only__products=["632910392", "1"],
        filters__least_price=["2,50"],
        filters__countries=["FR"],
        schedule__begins_on=["2026-11-01"],
        schedule__quiet_hours=["yes"],
    )
    assert answer.status_code == 200
    said = words(answer)
    assert "Rule saved" in said
    assert "Just now: Alba mug" in said
    wish = (await stored(alba, "recent-order")).wish
    assert wish.wording == {"en": "Just now: {product}"}
    assert wish.filters.only.products == (632910392, 1)
    assert str(wish.filters.least_price) == "2.50"
    listed = words(await web.get("/rules", headers=bearer() | MAIN))
    assert "only 2 products" in listed
    assert "from 2.50" in listed
    assert "France" in listed


async def test_a_language_that_earshot_does_not_speak_can_be_added(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    rule = await stored(alba, "recent-order")
    added = {"another.tag": ["sv"], "another.text": ["Någon köpte {product}"]}
    form = typed(rule, rule.version) | added
    answer = await web.put(f"/rules/{rule.id}", data=form, headers=bearer() | FRAGMENT)
    assert 'name="wording.sv"' in answer.text
    config = (await web.get(f"/storefront/{ALBA}/config.json")).json()
    assert config["rules"][str(rule.id)]["sentences"]["sv"][0] == "Någon köpte {product}"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"wording__en": ["{nobody} bought"]}, "{nobody} is not known here."),
        ({"wording__fr": ["{count"]}, "{count} is not known here."),
        ({"recency_days": ["0"]}, "Enter a whole number from 1 to 60."),
        ({"recency_days": ["soon"]}, "Enter a whole number from 1 to 60."),
        ({"filters__least_price": ["cheap"]}, "Enter a price, like 24.50."),
        (
            {"filters__least_price": ["9"], "filters__most_price": ["3"]},
            "The highest price is below the lowest.",
        ),
        ({"filters__channels": []}, "Choose at least one channel."),
        ({"filters__countries": ["Atlantis"]}, "Choose from those on offer."),
        ({"filters__only__products": ["mug"]}, "Choose from those on offer."),
        ({"filters__only__products": ["9" * 30]}, "Choose from those on offer."),
        ({"filters__only__products": ["9" * 5_000]}, "Choose from those on offer."),
        ({"filters__only__products": ["0"]}, "Choose from those on offer."),
        ({"filters__never__collections": ["0"]}, "Choose from those on offer."),
        ({"filters__only__tags": ["a\0b"]}, "Choose from those on offer."),
        ({"filters__never__vendors": ["\0"]}, "Choose from those on offer."),
        ({"filters__customers": ["rich"]}, "Choose one of those on offer."),
        ({"schedule__begins_on": ["tomorrow"]}, "Enter a date like 2026-11-21."),
        ({"schedule__weekdays": []}, "Choose at least one day of the week."),
        ({"another.tag": ["klingon!"], "another.text": ["x"]}, "There is one problem"),
        ({"another.tag": [""], "another.text": ["words"]}, "There is one problem"),
    ],
)
async def test_what_cannot_be_saved_comes_back_as_typed_with_a_sentence(
    web: httpx.AsyncClient, alba: Chain, changes: dict[str, list[str]], sentence: str
) -> None:
    rule = await stored(alba, "recent-order")
    form = typed(rule, rule.version, **changes)
    answer = await web.put(f"/rules/{rule.id}", data=form, headers=bearer() | FRAGMENT)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert (await stored(alba, "recent-order")).version == rule.version


async def test_two_who_save_at_once_are_shown_what_the_other_saved(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    rule = await stored(alba, "recent-order")
    await save(web, rule, rule.version, recency_days=["9"], by=BEN)
    answer = await save(web, rule, rule.version, recency_days=["3"])
    assert answer.status_code == 409
    said = words(answer)
    assert "saved this rule meanwhile" in said
    assert "Not older than 9 3" in said
    kept = await save(
        web, rule, rule.version, recency_days=["3"], on_top_of=[str(rule.version + 1)]
    )
    assert kept.status_code == 200
    assert (await stored(alba, "recent-order")).wish.recency_days == 3


async def test_a_rule_is_switched_where_it_is_listed(web: httpx.AsyncClient, alba: Chain) -> None:
    rule = rule_of("review")
    form = {"enabled": "yes", "version": "0"}
    answer = await web.put(f"/rules/{rule.id}/switch", data=form, headers=bearer() | FRAGMENT)
    assert "Review is on" in words(answer)
    assert (await stored(alba, "review")).enabled
    again = await web.put(f"/rules/{rule.id}/switch", data=form, headers=bearer() | FRAGMENT)
    assert again.status_code == 409
    off = {"version": "1"}
    await web.put(f"/rules/{rule.id}/switch", data=off, headers=bearer() | FRAGMENT)
    assert not (await stored(alba, "review")).enabled


async def test_an_announcement_without_words_cannot_be_switched_on_or_published(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    rule = rule_of("announcement")
    form = {"enabled": "yes", "version": "0"}
    answer = await web.put(f"/rules/{rule.id}/switch", data=form, headers=bearer() | FRAGMENT)
    assert answer.status_code == 422
    assert "Write what shoppers are to read" in words(answer)
    answer = await web.post(f"/rules/{rule.id}/publication", headers=bearer() | FRAGMENT)
    assert answer.status_code == 422
    assert "Switch it on and write" in words(answer)


async def test_an_announcement_is_published_by_the_merchant(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    rule = rule_of("announcement")
    await save(web, rule, 0, enabled=["yes"], wording__en=["Free workshop on Sunday"])
    answer = await web.post(f"/rules/{rule.id}/publication", headers=bearer() | FRAGMENT)
    assert "Announcement published" in words(answer)
    await alba.notify(await alba.relay())
    assert "notification" in [message.event for message in await alba.heard()]


async def test_a_rule_that_was_added_can_be_removed_and_one_of_the_first_cannot(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    answer = await web.post("/rules", data={"kind": "review"}, headers=bearer() | FRAGMENT)
    assert "Review added, switched off" in words(answer)
    async with alba.doors.data.tenant(ALBA):
        added = next(
            rule
            for rule in await rules.all_of(ALBA)
            if rule.id not in {r.id for r in beginning(ALBA)}
        )
    gone = await web.delete(f"/rules/{added.id}", headers=bearer() | MAIN)
    assert gone.status_code == 200
    assert str(added.id) not in gone.text
    assert (await web.get(f"/rules/{added.id}", headers=bearer() | MAIN)).status_code == 404
    first = await web.delete(f"/rules/{rule_of('review').id}", headers=bearer() | MAIN)
    assert first.status_code == 422


async def test_what_can_be_chosen_is_searched_in_the_shops_own_catalogue(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    path = f"/rules/{rule_of('recent-order').id}/choices"
    field = "filters.only.products"
    form = {"q": "MUG", field: "7"}
    answer = await web.post(path, params={"of": field}, data=form, headers=bearer() | FRAGMENT)
    assert answer.status_code == 200
    assert words(answer) == "7 Alba mug"
    countries = await web.post(
        path, params={"of": "filters.countries"}, data={"q": "fran"}, headers=bearer() | FRAGMENT
    )
    assert "France" in words(countries)
    for of in ("enabled", "", "filters.only"):
        refused = await web.post(path, params={"of": of}, data={}, headers=bearer() | FRAGMENT)
        assert refused.status_code == 400
    hostile = await web.post(
        path, params={"of": field}, data={"q": "\0", field: "1"}, headers=bearer() | FRAGMENT
    )
    assert hostile.status_code == 400
    endless = await web.post(
        path,
        params={"of": field},
        data={"q": "mug", field: "9" * 5_000},
        headers=bearer() | FRAGMENT,
    )
    assert "Alba mug" in words(endless)


async def test_rules_of_another_shop_are_nowhere(web: httpx.AsyncClient, alba: Chain) -> None:
    await alba.install(BOREALIS)
    for rule_id in (rule_of("review", BOREALIS).id, UUID(NOBODYS)):
        page = f"/rules/{rule_id}"
        form = typed(rule_of("review"), 0)
        answers = [
            await web.get(page, headers=bearer() | MAIN),
            await web.put(page, data=form, headers=bearer() | FRAGMENT),
            await web.put(f"{page}/switch", data={"version": "0"}, headers=bearer() | FRAGMENT),
            await web.delete(page, headers=bearer() | MAIN),
            await web.post(f"{page}/publication", headers=bearer() | FRAGMENT),
            await web.post(f"{page}/choices?of=filters.only.tags", headers=bearer() | FRAGMENT),
            await web.post(f"{page}/draft", data={"viewer": VIEWER}, headers=bearer() | FRAGMENT),
        ]
        assert {answer.status_code for answer in answers} == {404}
    assert (await web.get("/rules", headers=bearer(CLOSED_CAFE) | MAIN)).status_code == 404


async def test_a_draft_says_what_is_wrong_with_it_and_saves_nothing(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    rule = await stored(alba, "recent-order")
    form = typed(rule, rule.version, wording__en=["{oops}"]) | {"viewer": [VIEWER], "number": ["1"]}
    answer = await web.post(f"/rules/{rule.id}/draft", data=form, headers=bearer() | FRAGMENT)
    assert list(answer.json()["problems"]) == ["wording.en"]
    form["wording.en"] = ["Sold: {product}"]
    answer = await web.post(f"/rules/{rule.id}/draft", data=form, headers=bearer() | FRAGMENT)
    assert answer.json()["problems"] == {}
    assert (await stored(alba, "recent-order")).wish == rule.wish


async def test_the_list_says_how_often_a_rule_spoke_and_why_it_did_not(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    now = datetime.now(UTC).isoformat()
    for topic in ("orders/create", "orders/paid"):
        await alba.tell(topic, order(processed_at=now))
    await alba.tell("orders/create", order(id=2, test=True, processed_at=now))
    said = words(await web.get("/rules", headers=bearer() | MAIN))
    assert "1 notification" in said
    assert "Test order: 1" in said
    rule = rule_of("recent-order")
    page = words(await web.get(f"/rules/{rule.id}", headers=bearer() | MAIN))
    assert "1 notification." in page
    assert "Its order is a test. 1" in page


async def rehearsed(
    web: httpx.AsyncClient, rule: Rule, span: str = "24h", **changes: list[str]
) -> httpx.Response:
    form = typed(rule, rule.version, **changes) | {"span": [span]}
    return await web.post(f"/rules/{rule.id}/rehearsal", data=form, headers=bearer() | FRAGMENT)


async def test_a_rehearsal_shows_what_would_have_been_said_and_why_not_the_rest(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    await alba.tell("orders/create", order(1))
    await alba.tell("orders/create", order(2, test=True))
    rule = await stored(alba, "recent-order")
    answer = await rehearsed(web, rule, wording__en=["Sold: {product}"])
    assert answer.status_code == 200
    said = words(answer)
    assert "The last 24 hours, by this rule" in said
    assert "1 notification, of 2 events." in said
    assert "Sold: Alba mug" in said
    assert "Its order is a test. 1" in said
    assert (await stored(alba, "recent-order")).wish == rule.wish


async def test_a_rehearsal_needs_a_rule_that_can_be_saved(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    rule = await stored(alba, "recent-order")
    answer = await rehearsed(web, rule, recency_days=["soon"])
    assert answer.status_code == 422
    assert "Mend what is marked in the form first" in words(answer)
    assert (await rehearsed(web, rule, span="1y")).status_code == 400
    announcement = await rehearsed(web, rule_of("announcement"))
    assert "nothing to play it against" in words(announcement)
    assert (await rehearsed(web, rule_of("review", BOREALIS))).status_code == 404
