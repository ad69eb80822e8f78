from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data import activity
from app.domain import rule_checks, rule_forms
from app.domain.kinds import ANNOUNCEMENT, ORDER_COUNT, RECENT_ORDER, REPORTED, REVIEW
from app.domain.rules import MOST_COUNTED, Filters, Rule, Schedule, Selection, Wish, beginning
from app.domain.settings import QuietHours
from tests.cast import ALBA
from tests.domain.rule_questions import rules
from tests.domain.template_texts import any_text

NO_NUMBER = "Enter a price, like 24.50."
TINY = ["1e-7", "1E-999999", "0E-999999", "0E+999999", "-0", "0." + "1" * 7]
PRICES = st.none() | st.decimals() | st.sampled_from(["NaN", "sNaN", "-Infinity", "1e999999"])


def problems(kind: str = RECENT_ORDER, *, enabled: bool = True, **wish: Any) -> dict[str, str]:
    return rule_checks.problems(Rule(UUID(int=1), kind, enabled, Wish(**wish)))


def test_what_a_shop_begins_with_may_be_saved() -> None:
    for rule in beginning(ALBA):
        assert rule_checks.problems(rule) == {}


@pytest.mark.parametrize("language", ["english", "e", "EN", "fr-", "x" * 500, ""])
def test_wording_is_by_language(language: str) -> None:
    found = problems(wording={language: "Bought"})
    assert found == {f"wording.{language[:20]}": "This is no language tag, like fr or pt-BR."}


def test_wording_has_the_variables_of_its_kind() -> None:
    assert problems(wording={"en": "{name} bought {product}"}) == {}
    [(path, said)] = problems(wording={"en": "{name} gave {rating}"}).items()
    assert path == "wording.en"
    assert said.startswith("{rating} is not known here. There are: {country}, {name}, {place}")


def test_wording_says_windows_where_earshot_has_no_words_for_them() -> None:
    assert problems(ORDER_COUNT, wording={"fi": "{count} {window}"}) == {
        "wording.fi": "Earshot cannot say {window} in this language:"
        " write {window, select, 24h {…} …}."
    }
    words = "{count} {window, select, 24h {tänään} other {äskettäin}}"
    assert problems(ORDER_COUNT, wording={"fi": words}) == {}


def test_wording_makes_no_more_sentences_than_pages_can_carry() -> None:
    forms = "".join(f"={number}{{}}" for number in range(45))
    words = f"{{count, plural, {forms}other{{}}}}{{window}}"
    assert problems(ORDER_COUNT, wording={"en": words}) == {
        "wording.en": "Use fewer forms: together they make 138 sentences, 120 at most."
    }


def test_wording_is_in_no_more_languages_than_pages_can_carry() -> None:
    tags = [f"a{second}{third}" for second in "abcde" for third in "abcd"]
    assert problems(wording=dict.fromkeys(tags, "Bought")) == {}
    found = problems(wording=dict.fromkeys([*tags, "en"], "Bought"))
    assert found == {"wording": "Write it in at most 20 languages."}


def test_wording_makes_no_more_sentences_in_all_languages_than_pages_can_carry() -> None:
    forms = "".join(f"={number}{{}}" for number in range(49))
    words = f"{{count, plural, {forms}other{{}}}}"
    tags = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "fi"]
    assert problems(ORDER_COUNT, wording=dict.fromkeys(tags[:8], words)) == {}
    assert problems(ORDER_COUNT, wording=dict.fromkeys(tags, words)) == {
        "wording": "Use fewer forms: in all languages together they make 450 sentences,"
        " 400 at most."
    }


@pytest.mark.parametrize("kind", [ANNOUNCEMENT, REPORTED])
def test_kind_without_sentences_of_ours_needs_the_merchant_s_before_it_is_on(kind: str) -> None:
    said = "Write what shoppers are to read, in one language at least."
    assert problems(kind, report="pre-order")["wording"] == said
    assert problems(kind, enabled=False) == {}
    assert problems(kind, report="pre-order", wording={"en": "Ready"}) == {}


@pytest.mark.parametrize("price", ["-0.01", "NaN", "sNaN", "Infinity", "1e15", *TINY])
def test_price_is_one(price: str) -> None:
    wrong, right = Decimal(price), Decimal(10)
    assert problems(filters=Filters(least_price=wrong, most_price=right)) == {
        "filters.least_price": NO_NUMBER
    }
    assert problems(filters=Filters(least_price=right, most_price=wrong)) == {
        "filters.most_price": NO_NUMBER
    }


@pytest.mark.parametrize("price", ["0", "0.00", "24.5", "0.000001", "999999999999999.999999"])
def test_price_has_the_digits_that_its_field_has(price: str) -> None:
    assert problems(filters=Filters(least_price=Decimal(price))) == {}


@pytest.mark.parametrize("number", [0, -1, 2**63])
def test_products_and_collections_go_by_ids_of_shopify_s(number: int) -> None:
    goods = Selection(products=(1, number), collections=(2**63 - 1, number))
    said = "Choose from those on offer."
    assert problems(filters=Filters(only=goods)) == {
        "filters.only.products": said,
        "filters.only.collections": said,
    }
    assert problems(filters=Filters(never=Selection(collections=(number,)))) == {
        "filters.never.collections": said
    }


def test_highest_price_is_not_below_the_lowest() -> None:
    prices = Decimal(10), Decimal("9.99")
    found = problems(filters=Filters(least_price=prices[0], most_price=prices[1]))
    assert found == {"filters.most_price": "The highest price is below the lowest."}
    assert problems(filters=Filters(least_price=prices[0], most_price=prices[0])) == {}


def test_some_channel_is_left() -> None:
    found = problems(filters=Filters(channels=()))
    assert found == {"filters.channels": "Choose at least one channel."}


def test_what_is_counted_is_counted_over_some_time() -> None:
    said = "Choose at least one span of time to count over."
    assert problems(ORDER_COUNT, windows=()) == {"windows": said}
    assert problems(RECENT_ORDER, windows=()) == {}


def test_nothing_is_to_be_counted_further_than_earshot_counts() -> None:
    assert MOST_COUNTED == activity.MOST
    assert problems(ORDER_COUNT, minimum=MOST_COUNTED) == {}
    said = "Enter a whole number from 0 to 500."
    assert problems(ORDER_COUNT, minimum=MOST_COUNTED + 1) == {"minimum": said}
    assert problems(RECENT_ORDER, minimum=10_000) == {}  # counts nothing
    assert problems(REVIEW, minimum=5) == {}
    assert problems(REVIEW, minimum=6) == {"minimum": "Reviews have up to 5 stars."}


def test_rule_that_was_stored_with_a_higher_minimum_is_still_read() -> None:
    assert msgspec.json.decode(b'{"minimum": 10000}', type=Wish).minimum == 10_000


@pytest.mark.parametrize("text", ["501", "10001", "-1", "many", ""])
def test_form_says_how_far_earshot_counts(text: str) -> None:
    rule = Rule(UUID(int=1), ORDER_COUNT, True, Wish())
    reading = rule_forms.read(rule_forms.fields(rule) | {"minimum": [text]}, rule)
    assert reading.problems == {"minimum": "Enter a whole number from 0 to 500."}


def test_last_day_is_not_before_the_first() -> None:
    days = date(2026, 11, 25), date(2026, 11, 24)
    found = problems(schedule=Schedule(begins_on=days[0], ends_on=days[1]))
    assert found == {"schedule.ends_on": "The last day is before the first."}
    assert problems(schedule=Schedule(begins_on=days[0], ends_on=days[0])) == {}


def test_some_day_of_the_week_is_left() -> None:
    found = problems(schedule=Schedule(weekdays=()))
    assert found == {"schedule.weekdays": "Choose at least one day of the week."}


@pytest.mark.parametrize("times", [2, 9_000])
def test_each_choice_is_named_once(times: int) -> None:
    said = "Name each span of time once."
    assert problems(ORDER_COUNT, windows=("24h",) * times) == {"windows": said}
    schedule = msgspec.convert({"weekdays": ["mon"] * times}, Schedule)
    said = "Name each day of the week once."
    assert problems(schedule=schedule) == {"schedule.weekdays": said}
    filters = msgspec.convert({"channels": ["pos"] * times}, Filters)
    assert problems(filters=filters) == {"filters.channels": "Name each channel once."}


def test_rule_that_was_stored_with_twins_is_still_read() -> None:
    wish = msgspec.json.decode(b'{"windows": ["24h", "24h", "7d", "7d", "7d"]}', type=Wish)
    assert len(wish.windows) == 5


def test_quiet_hours_end() -> None:
    found = problems(schedule=Schedule(quiet_hours=QuietHours("08:00", "08:00")))
    assert found == {"schedule.quiet_hours": "Quiet hours must begin and end at different times."}


def test_rule_of_reported_news_listens_to_some() -> None:
    said = "Say which kind of news this rule listens to."
    assert problems(REPORTED, wording={"en": "Ready"}) == {"report": said}
    assert problems(REPORTED, enabled=False) == {}


@given(
    rules(),
    st.dictionaries(st.sampled_from(["en", "pl", "tlh", "no tag"]), any_text(frozenset({"count"}))),
    PRICES,
    PRICES,
)
def test_any_rule_may_be_saved_or_is_refused_in_sentences(
    rule: Rule, wording: dict[str, str], least: object, most: object
) -> None:
    document = msgspec.to_builtins(rule.wish)
    prices = {"least_price": least, "most_price": most}
    document["wording"] = wording
    document["filters"] = {
        **document.get("filters", {}),
        **{name: str(price) for name, price in prices.items() if price is not None},
    }
    wish = msgspec.convert(document, Wish)
    found = rule_checks.problems(msgspec.structs.replace(rule, wish=wish))
    known = {"wording", "filters", "windows", "schedule", "report"}
    assert {path.partition(".")[0] for path in found} <= known
    assert all(said.strip() for said in found.values())
