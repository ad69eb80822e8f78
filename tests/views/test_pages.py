from typing import Any

import pytest
from litestar import Request, get
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig
from litestar.testing import create_test_client

from app.views import pages
from tests.views.pictures import Figures, templates

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@get("/", sync_to_thread=False)
def index(request: Request[Any, Any, Any]) -> Template:
    return pages.page(
        request,
        "problems/index.html",
        fragment="home/_figures.html",
        title="T",
        sentence="S",
        figures=Figures(),
    )


@get("/saved", sync_to_thread=False)
def saved() -> Template:
    return pages.fragment(
        "home/_figures.html", event="figures-counted", toast="Saved <it>", figures=Figures()
    )


CONFIG = TemplateConfig(instance=JinjaTemplateEngine.from_environment(templates()))


@pytest.mark.parametrize(
    "headers", [{}, {"HX-Request": "true", "HX-Request-Type": "full"}, {"X-Shopify-Bounce": "1"}]
)
def test_whole_page_for_whoever_needs_one(headers: dict[str, str]) -> None:
    with create_test_client([index], template_config=CONFIG) as client:
        answer = client.get("/", headers=headers)
    assert answer.text.lstrip().startswith("<!doctype html>")
    assert "HX-Request" in answer.headers["Vary"]


def test_fragment_for_a_place_in_an_open_page() -> None:
    with create_test_client([index], template_config=CONFIG) as client:
        answer = client.get("/", headers=PARTIAL)
    assert answer.text.strip().startswith('<section id="figures"')


def test_change_is_answered_with_fragment_fact_and_toast() -> None:
    with create_test_client([saved], template_config=CONFIG) as client:
        answer = client.get("/saved", headers=PARTIAL)
    assert answer.headers["HX-Trigger"] == "figures-counted"
    assert answer.text.count("<section") == 1
    assert "Saved &lt;it&gt;" in answer.text
