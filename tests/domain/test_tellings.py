import msgspec
import pytest

from app.domain import tellings
from app.domain.notifications import Facts, ProductFacts
from app.domain.rules import Wish, first_of
from app.domain.settings import Privacy
from app.domain.tellings import Telling
from tests.cast import ALBA
from tests.data.tellings import a_notification

RULE = first_of(ALBA)
MUG = ProductFacts(8001, "Alba mug", image="https://cdn.example/mug.jpg")
TELLS_ALL = Privacy(name="first-name", place="town", understood=True)


def told(facts: Facts, privacy: Privacy = TELLS_ALL, **wording: str) -> Telling:
    rule = msgspec.structs.replace(RULE, wish=Wish(wording=wording))
    return tellings.of(a_notification(facts=facts), rule, privacy)


def said(telling: Telling) -> str:
    return "".join(piece.text for piece in telling.sentence)


@pytest.mark.parametrize(
    ("name", "place", "sentence"),
    [
        ("Camille", "Lyon", "Camille in Lyon bought Alba mug"),
        ("Camille", None, "Camille bought Alba mug"),
        (None, "Lyon", "Someone in Lyon bought Alba mug"),
        (None, None, "Someone bought Alba mug"),
    ],
)
def test_sentence_is_the_most_telling_that_the_facts_allow(
    name: str | None, place: str | None, sentence: str
) -> None:
    assert said(told(Facts(MUG, 1, name, place))) == sentence


def test_country_is_said_in_the_language_where_no_place_is_told() -> None:
    sale = a_notification(facts=Facts(MUG, 1, country="DE"))
    telling = tellings.of(sale, RULE, TELLS_ALL, "es")
    assert said(telling) == "Alguien (Alemania) compró Alba mug"
    assert telling.facts["country"] == "Alemania"
    in_bonn = told(Facts(MUG, 1, place="Bonn", country="DE"))
    assert said(in_bonn) == "Someone in Bonn bought Alba mug"
    assert said(tellings.of(sale, RULE, Privacy(), "es")) == "Alguien compró Alba mug"


def test_what_the_settings_hide_now_is_not_told_here_either() -> None:
    hidden = told(Facts(MUG, 1, "Camille", "Lyon"), Privacy())
    assert said(hidden) == "Someone bought Alba mug"
    assert hidden.facts == {"product": "Alba mug", "quantity": "1"}


def test_merchants_own_sentence_goes_before_ours() -> None:
    assert said(told(Facts(MUG, 3), en="{quantity} of {product}!")) == "3 of Alba mug!"


def test_picture_is_the_one_that_a_card_shows() -> None:
    assert told(Facts(MUG, 1)).picture == "https://cdn.example/mug.jpg"
    assert told(Facts(ProductFacts(8001, "Alba mug"), 1)).picture is None
