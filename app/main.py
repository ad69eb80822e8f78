"""Wires the web process: routes, doors, templates."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.enums import HttpMethod, ScopeType
from litestar.exceptions import InternalServerException
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig

from app.doors import Doors
from app.routes import (
    api_keys,
    authorization,
    bundles,
    cross_origin,
    data_requests,
    dead_letters,
    heads,
    home,
    identity,
    live,
    notification_history,
    notification_receipts,
    notification_retractions,
    operations,
    preview,
    problems,
    rule_choices,
    rule_drafts,
    rule_publications,
    rule_rehearsals,
    rules,
    settings,
    settings_drafts,
    settings_versions,
    setup_guide_dismissals,
    standings,
    storefront,
    test_cards,
    webhooks,
)
from app.routes.api import descriptions
from app.routes.api import events as events_api
from app.routes.api import notifications as notifications_api
from app.routes.api import rules as rules_api
from app.routes.api import settings as settings_api
from app.routes.api import shop as shop_api
from app.routes.doors import doors_of
from app.services.intake import Intake
from app.views import environment

HERE = Path(__file__).parent


class Web(Litestar):
    """Litestar knows HEAD as a method of its own, which no handler of ours has."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] == HttpMethod.HEAD:
            scope, send = heads.as_get(scope, send)
        await super().__call__(scope, receive, send)


def create_web(doors: Doors) -> Litestar:
    """The web process as an ASGI app."""
    return Web(
        route_handlers=[
            home.index,
            home.bounce,
            standings.show,
            standings.note_embed,
            setup_guide_dismissals.create,
            setup_guide_dismissals.destroy,
            authorization.start,
            authorization.callback,
            settings.show,
            settings.update,
            settings_drafts.create,
            rules.index,
            rules.create,
            rules.show,
            rules.update,
            rules.destroy,
            rules.update_switch,
            rule_choices.create,
            rule_drafts.create,
            rule_publications.create,
            rule_rehearsals.create,
            preview.show,
            preview.widget,
            test_cards.create,
            test_cards.show,
            settings_versions.index,
            settings_versions.create_restoration,
            api_keys.index,
            api_keys.create,
            api_keys.destroy,
            data_requests.index,
            data_requests.show_export,
            dead_letters.index,
            dead_letters.create_replay,
            dead_letters.destroy,
            notification_history.index,
            notification_receipts.show,
            notification_retractions.create,
            live.stream,
            webhooks.receive,
            storefront.show_config,
            storefront.create_interactions,
            bundles.show,
            operations.live,
            operations.ready,
            operations.metrics,
            _api(),
            _static(),
        ],
        lifespan=[_finishing],
        state=State({"doors": doors, "intake": Intake(doors.data)}),
        dependencies={
            "doors": Provide(doors_of, sync_to_thread=False),
            "intake": Provide(webhooks.intake_of, sync_to_thread=False),
        },
        exception_handlers=problems.HANDLERS,
        template_config=_templates(),
        # Not what is told bit by bit: a stream would wait in the compressor.
        compression_config=CompressionConfig("gzip", gzip_compress_level=6, exclude="^/live"),
        openapi_config=descriptions.openapi(),
        logging_config=None,
    )


@asynccontextmanager
async def _finishing(app: Litestar) -> AsyncIterator[None]:
    yield
    await webhooks.intake_of(app.state).close()


def _api() -> Router:
    return Router(
        "/api/v1",
        route_handlers=[
            shop_api.show,
            settings_api.show,
            settings_api.update,
            notifications_api.index,
            notifications_api.show,
            notifications_api.create_retraction,
            rules_api.index,
            rules_api.create,
            rules_api.update,
            rules_api.destroy,
            rules_api.create_publication,
            events_api.create,
        ],
        dependencies={"caller": Provide(identity.caller)},
        cache_control=CacheControlHeader(no_store=True),
        response_headers=cross_origin.HEADERS,
    )


def _static() -> Router:
    return create_static_files_router(
        "/static",
        directories=[HERE / "static"],
        include_in_schema=False,
        # Their addresses change with their bytes (views/assets.py).
        cache_control=CacheControlHeader(public=True, max_age=bundles.A_YEAR, immutable=True),
        # A path that the file system cannot name is the path of no file.
        exception_handlers={
            ValueError: problems.no_file,
            InternalServerException: problems.no_file,
        },
    )


def _templates() -> TemplateConfig[JinjaTemplateEngine]:
    return TemplateConfig(
        directory=HERE / "templates",
        engine=JinjaTemplateEngine,
        engine_callback=lambda engine: environment.configure(engine.engine),
    )


def create_health(doors: Doors, ready: Sequence[asyncio.Event]) -> Litestar:
    """What a worker answers: whether it lives, whether all its parts are at work, how it goes."""
    return Litestar(
        route_handlers=[operations.live, operations.ready, operations.metrics],
        state=State({"doors": doors, "ready": ready}),
        dependencies={"doors": Provide(doors_of, sync_to_thread=False)},
        exception_handlers=problems.HANDLERS,
        openapi_config=None,
        logging_config=None,
    )
