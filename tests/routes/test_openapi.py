"""The API keeps what its description promises, whoever asks and whatever is sent."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.services import api_keys
from app.shopify.id_tokens import Merchant
from tests import webs
from tests.cast import ALBA, ANA, BOREALIS, bearer, order
from tests.sandbox.receiving import listening, serving
from tests.services.chain import Chain

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
_EXAMPLES = 10
_MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
async def served(chain: Chain) -> AsyncIterator[str]:
    """The address of a web process that has shops with something in them."""
    for shop in (ALBA, BOREALIS):
        await chain.install(shop)
        await chain.tell("orders/create", order(), shop)
    opened = listening()
    with webs.lent(chain.doors) as web:
        async with serving(uvicorn.Server(uvicorn.Config(web, log_config=None)), [opened]):
            yield f"http://127.0.0.1:{opened.getsockname()[1]}"


async def _identities(chain: Chain) -> dict[str, dict[str, str]]:
    borealis = Merchant(BOREALIS, ANA, chain.doors.clock())
    _, key = await api_keys.create(chain.doors, borealis, "schemathesis")
    return {
        "nobody": {},
        "Alba's token": bearer(ALBA),
        "Borealis' key": {"Authorization": f"Bearer {key}"},
    }


# Schemathesis' own way of making up requests, which Hypothesis frowns upon.
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning")
async def test_every_answer_is_one_that_is_described(served: str, chain: Chain) -> None:
    async with httpx.AsyncClient() as client:
        document = (await client.get(f"{served}/api/schema")).json()
    for name, identity in (await _identities(chain)).items():
        # In a thread, since the server answers in this one.
        answered = await asyncio.to_thread(_try_out, document, served, identity)
        assert (200 in answered["PUT"] & answered["GET"]) == (name != "nobody"), answered


def _try_out(
    document: dict[str, Any], address: str, identity: Mapping[str, str]
) -> dict[str, set[int]]:
    """The statuses that were answered, by method."""
    schema = schemathesis.openapi.from_dict(document)
    answered: dict[str, set[int]] = defaultdict(set)
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()
        for mode in _MODES:

            @hypothesis_settings(
                max_examples=_EXAMPLES,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def attempt(case: Case[Any]) -> None:
                # Instead of an Authorization that was made up.
                case.headers.update(identity)
                answer = case.call_and_validate(base_url=address, checks=_CHECKS)
                answered[case.method].add(answer.status_code)

            attempt()
    return answered


async def test_the_description_says_who_may_ask_and_how_it_is_refused(
    web: httpx.AsyncClient,
) -> None:
    document = (await web.get("/api/schema")).json()
    assert set(document["components"]["securitySchemes"]) == {"id_token", "api_key"}
    assert document["security"] == [{"id_token": []}, {"api_key": []}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            refusals = [status for status in operation["responses"] if status >= "400"]
            assert {"401", "404", "503"} <= set(refusals), (path, method)
            for status in refusals:
                content = operation["responses"][status]["content"]
                assert list(content) == ["application/problem+json"], (path, method, status)


async def test_the_description_names_the_body_of_settings(web: httpx.AsyncClient) -> None:
    document = (await web.get("/api/schema")).json()
    body = document["paths"]["/api/v1/settings"]["put"]["requestBody"]
    reference = body["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    assert set(schema["properties"]) >= {"paused", "appearance", "pacing", "where", "privacy"}
