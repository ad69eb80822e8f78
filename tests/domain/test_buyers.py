"""Who may be told, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import buyers
from app.domain.buyers import NOTHING, Buyer, Told
from app.domain.settings import Privacy

MARGAUX = Buyer(name="Margaux", town="Lyon", country="FR")
OPEN = Privacy(name="first-name", place="town", crowd=5, understood=True)


def test_nobody_is_told_by_default() -> None:
    assert (
        buyers.told(MARGAUX, Privacy(), sharing_the_town=1_000, sharing_the_region=1_000) == NOTHING
    )


@pytest.mark.parametrize(
    ("privacy", "told"),
    [
        (OPEN, Told("Margaux", "Lyon", "FR")),
        (Privacy(name="first-name", understood=True), Told("Margaux", None)),
        (Privacy(place="town", understood=True), Told(None, "Lyon", "FR")),
        (Privacy(name="first-name", place="town"), NOTHING),
    ],
)
def test_what_is_told_is_what_the_merchant_said_and_understood(
    privacy: Privacy, told: Told
) -> None:
    assert buyers.told(MARGAUX, privacy, sharing_the_town=5) == told
    assert buyers.still(Told("Margaux", "Lyon", "FR"), privacy) == told


@given(st.integers(0, 20), st.integers(2, 20))
def test_a_town_is_told_only_in_a_crowd(sharing: int, crowd: int) -> None:
    privacy = Privacy(place="town", crowd=crowd, understood=True)
    assert (buyers.told(MARGAUX, privacy, sharing_the_town=sharing).place is not None) == (
        sharing >= crowd
    )


@given(st.integers(0, 20), st.integers(0, 20), st.integers(2, 20))
def test_where_too_few_share_the_town_a_region_is_told_that_enough_share(
    in_town: int, in_region: int, crowd: int
) -> None:
    privacy = Privacy(place="town", crowd=crowd, understood=True)
    buyer = Buyer(town="Lyon", region="Rhône", country="FR")
    told = buyers.told(buyer, privacy, sharing_the_town=in_town, sharing_the_region=in_region)
    assert told.country == "FR"
    region = "Rhône" if in_region >= crowd else None
    assert told.place == ("Lyon" if in_town >= crowd else region)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Margaux", "Margaux"),
        ("  Margaux\u00a0Delacroix ", "Margaux"),
        ("Jean-Pierre", "Jean-Pierre"),
        ("O'Brien", "O'Brien"),
        ("Mr. John", "John"),
        ("J. R.", None),
        ("花子", "花子"),
        ("محمد", "محمد"),
        ("Zoë,", "Zoë"),
        ("margaux@example.com", None),
        ("0612345678", None),
        ("<b>Ana</b>", None),
        ("https://evil.example", None),
        ("Ana\u202exyz", None),
        ("Ana\0", None),
        ("-", None),
        ("", None),
        (None, None),
        ("a" * 31, None),
    ],
)
def test_a_first_name_is_one_word_that_is_a_name(typed: str | None, told: str | None) -> None:
    assert buyers.first_name(typed) == told


@given(st.text())
def test_whatever_is_typed_a_name_is_short_and_one_line(typed: str) -> None:
    name = buyers.first_name(typed)
    assert name is None or (name.isprintable() and 0 < len(name) <= 30 and " " not in name)


@pytest.mark.parametrize(
    ("town", "told"),
    [
        ("Lyon", "Lyon"),
        (" Aix-en-Provence ", "Aix-en-Provence"),
        ("Paris 11", "Paris 11"),
        ("Saint-Étienne (Loire)", None),
        ("75011", None),
        ("Lyon\u202e", None),
        ("a" * 61, None),
        (None, None),
    ],
)
def test_a_town_is_a_name_too(town: str | None, told: str | None) -> None:
    assert buyers.readable_place(town) == told


def test_a_town_is_the_same_however_it_is_typed() -> None:
    spellings = ("Lyon", "LYON", " lyon ", "Ly\uff4fn")
    keys = {buyers.place_key(Buyer(country="FR"), each) for each in spellings}
    assert keys == {"FR lyon"}


def test_a_town_of_another_country_is_another_town() -> None:
    assert buyers.place_key(Buyer(country="US"), "Lyon") == "US lyon"
    assert buyers.place_key(Buyer(), "Lyon") is None


@pytest.mark.parametrize(
    ("before", "after", "hidden"),
    [
        (OPEN, Privacy(), ("name", "place", "country")),
        (OPEN, Privacy(name="first-name", understood=True), ("place", "country")),
        (OPEN, Privacy(name="first-name", place="town"), ("name", "place", "country")),
        (Privacy(), OPEN, ()),
        (Privacy(), Privacy(), ()),
    ],
)
def test_what_is_told_no_more_is_known(
    before: Privacy, after: Privacy, hidden: tuple[str, ...]
) -> None:
    assert buyers.hidden_by(before, after) == hidden


def test_a_buyer_does_not_show_in_logs() -> None:
    assert "Margaux" not in f"{MARGAUX!r} {Told('Margaux', 'Lyon')!r}"
