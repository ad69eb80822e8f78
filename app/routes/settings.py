"""The settings page: one form over the whole document, saved on top of what it began with."""

import secrets
from typing import Any

import msgspec
from litestar import Request, get, put
from litestar.di import NamedDependency
from litestar.response import Template

from app.data import rules, samples, settings, shops
from app.domain import samples as samples_of
from app.domain import settings_forms
from app.domain.callers import Caller
from app.domain.document_forms import Fields
from app.domain.settings import SettingsStale, SettingsVersion, ShopSettings
from app.doors import Doors
from app.errors import InputInvalid
from app.routes import admin_pages, forms, identity, visits
from app.services import shop_settings
from app.shopify.id_tokens import Merchant
from app.views import pages, settings_changes
from app.views import settings as views
from app.views.settings import SettingsForm

LARGEST = 64_000
_VERSION, _ON_TOP_OF = "version", "on_top_of"
_FIELDS = settings_forms.names() | {_VERSION, _ON_TOP_OF}

AnyRequest = Request[Any, Any, Any]


class _Newest(msgspec.Struct, frozen=True):
    """What is saved, None where nothing ever was, and the form that shows it."""

    version: SettingsVersion | None
    form: SettingsForm


@get("/settings", include_in_schema=False)
async def show(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    merchant = await visits.merchant(request, doors)
    newest = await _newest(doors, merchant)
    return admin_pages.page(
        request,
        doors,
        merchant,
        "settings/index.html",
        settings_form=newest.form,
        languages=newest.form.words["languages.enabled"].options,
        viewer=secrets.token_hex(16),
    )


@put("/settings", include_in_schema=False, request_max_body_size=LARGEST)
async def update(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    """422 with what is wrong, 409 with what somebody else saved: each with all that was typed."""
    merchant = await identity.merchant_of_fetch(request)
    typed = await forms.fields(request, _FIELDS)
    version = forms.number(typed, _VERSION)
    reading = settings_forms.read(typed)
    if reading.settings is None:
        newest = await _newest(doors, merchant)
        return _drawn(newest.form.typed(typed, version, reading.problems), status_code=422)
    # The button that keeps one's own names the version that it overwrites.
    on_top_of = forms.number(typed, _ON_TOP_OF) if _ON_TOP_OF in typed else version
    caller = Caller(merchant.shop, merchant.user)
    try:
        await shop_settings.save(
            doors.data, doors.live, caller, reading.settings, doors.clock(), on_top_of=on_top_of
        )
    except SettingsStale:
        return await _conflict(doors, merchant, typed, reading.settings, version)
    return _drawn((await _newest(doors, merchant)).form, toast="Settings saved")


async def _conflict(
    doors: Doors, merchant: Merchant, typed: Fields, mine: ShopSettings, version: int
) -> Template:
    """Where both say the same there is none: what was to be saved is saved."""
    newest = await _newest(doors, merchant)
    if newest.version is None or newest.form.saved is None:
        raise InputInvalid("These settings have begun anew. Please reload the page.")
    changes = settings_changes.between(newest.version.settings, mine)
    if not changes:
        return _drawn(newest.form, toast="Settings saved")
    form = newest.form.typed(typed, version, {}).contradicted(newest.form.saved, changes)
    return _drawn(form, status_code=409)


async def _newest(doors: Doors, merchant: Merchant) -> _Newest:
    shop = merchant.shop
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        found = await settings.versions(connection, shop, 1)
        version = found[0] if found else None
        privacy = (version.settings if version else ShopSettings()).privacy
        product = await samples.product(connection, shop)
        rule = samples_of.rule(await rules.all_of(shop))
        where = await shops.zone(connection, shop)
    example = samples_of.sentence(rule, privacy, product)
    return _Newest(version, views.view(version, where, example, doors.clock()))


def _drawn(form: SettingsForm, *, status_code: int = 200, toast: str | None = None) -> Template:
    return pages.fragment(
        "settings/_form.html", status_code=status_code, toast=toast, settings_form=form
    )
