import re
from html import unescape

import pytest

from app.views import live_messages
from tests.views.pictures import Figures, home, templates, told


def row_of(page: str) -> str:
    [row] = re.findall(r"<li id=\"notification-.*?</li>", page, re.DOTALL)
    return str(row)


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", "", html).split()))


def test_empty_home_says_what_will_come() -> None:
    page = home()
    assert "The first paid order appears here within a second." in page
    assert "<li id=" not in page


def test_row_has_one_root_with_its_id() -> None:
    view = told("Alba mug")
    row = templates().get_template("home/_notification.html").render(notification=view).strip()
    assert row.startswith(f'<li id="notification-{view.id}"')
    assert row.endswith("</li>")
    assert row.count("<li") == 1


def test_page_draws_the_same_row_as_the_fragment() -> None:
    view = told("Alba mug")
    row = templates().get_template("home/_notification.html").render(notification=view).strip()
    assert row in home(view)


def test_row_says_when_in_words_and_for_machines() -> None:
    row = row_of(home(told("Alba mug", minutes=3)))
    assert 'datetime="2026-11-21T08:57:00+00:00"' in row
    assert 'title="21 November 2026, 08:57 UTC"' in row
    assert "3 minutes ago" in row


def test_title_in_a_row_cannot_be_markup() -> None:
    row = row_of(home(told('<img src=x onerror="alert(1)"> & Söhne')))
    assert "<img" not in row
    assert "Someone bought <bdi>&lt;img src=x" in row
    assert words(row).startswith('Someone bought <img src=x onerror="alert(1)"> & Söhne')


def test_wording_cannot_be_markup_either() -> None:
    row = row_of(home(told(wording="<b>{product}</b> {quantity}", quantity=2)))
    assert "&lt;b&gt;<bdi>Alba mug</bdi>&lt;/b&gt; <bdi>2</bdi>" in row


@pytest.mark.parametrize(
    "title", ["x" * 500, "כוס קרמיקה", "كوب 🏺", "Æ“rø” 🎉🍵", "  ", "{quantity}"]
)
def test_any_title_stands_isolated_and_whole(title: str) -> None:
    assert f"Someone bought <bdi>{title}</bdi>" in row_of(home(told(title)))


def test_retracted_row_says_why() -> None:
    row = row_of(home(told(state="retracted", reason="order-cancelled", revision=2)))
    assert "Retracted" in words(row)
    assert "Order cancelled" in words(row)
    assert "row--faded" in row


def test_row_leads_to_its_receipt() -> None:
    view = told(number=7)
    assert f'href="/notifications/{view.id}"' in row_of(home(view))


def test_many_rows_stand_in_the_order_given() -> None:
    page = home(*(told(number=number) for number in range(50, 0, -1)))
    numbers = [
        int(found, 16) for found in re.findall(r'<li id="notification-[0-9a-f-]*?(\w+)"', page)
    ]
    assert numbers == list(range(50, 0, -1))


def test_list_listens_from_where_it_was_read() -> None:
    assert 'hx-sse:connect="/live?after=1a2b-7"' in home()


def test_figures_are_written_for_people() -> None:
    assert "<dd>39,211</dd>" in home(figures=Figures(1482, 39211, 12))


def test_app_bridge_is_the_first_script_and_waits_for_nothing() -> None:
    first = re.findall(r"<script[^>]*>", home())[0]
    assert first == '<script src="https://bridge.test/app-bridge.js">'


def test_page_has_no_inline_script_or_handler() -> None:
    page = home(told())
    assert re.findall(r"<script[^>]*>[^<]+</script>", page) == []
    assert re.findall(r"\son[a-z]+=", page) == []


def test_live_message_is_the_row_of_the_page_and_the_figures() -> None:
    view = told(revision=2, state="retracted", reason="order-refunded")
    message = live_messages.compose(templates(), view, Figures(1, 0, 1))
    assert row_of(message) == row_of(home(view))
    assert 'hx-target="#figures"' in message
    assert "figures" not in live_messages.compose(templates(), view)


def test_bounce_page_is_app_bridge_and_nothing_else() -> None:
    values = {"api_key": "key", "app_bridge_url": "https://bridge.test/app-bridge.js"}
    page = templates().get_template("auth/bounce.html").render(values)
    assert re.findall(r"<script[^>]*>", page) == [
        '<script data-api-key="key" src="https://bridge.test/app-bridge.js">'
    ]


def test_problem_is_told_in_a_sentence() -> None:
    page = (
        templates()
        .get_template("problems/index.html")
        .render(title="Gone", sentence="It is <gone>.")
    )
    assert "It is &lt;gone&gt;." in page
    assert 'class="banner banner--critical" role="alert"' in page
    assert "<script" not in page
    assert "Try again" not in page


def test_advice_is_no_alarm() -> None:
    template = templates().get_template("problems/index.html")
    page = template.render(title="Open Earshot", sentence="It is in the admin.", tone="info")
    assert 'class="banner banner--info" role="status"' in page
