"""The rules page, and each rule's own: what shoppers hear, how it is worded, and what of it."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from app.data import events, notifications, rules, samples, settings, shops
from app.domain import choices, rule_forms
from app.domain.callers import Caller
from app.domain.choices import Choice
from app.domain.document_forms import Fields
from app.domain.rules import RuleStale
from app.doors import Doors
from app.errors import RuleInvalid
from app.routes import admin_pages, forms, identity, visits
from app.routes.rule_fields import (
    LARGEST,
    ON_TOP_OF,
    VERSION,
    field_names,
    known,
    with_another,
)
from app.services import choosing, ruling
from app.shopify.id_tokens import Merchant
from app.views import changes, pages, settings_words
from app.views import rules as views
from app.views.changes import Conflict
from app.views.rules import Decided, RuleForm, Rules

_DAY = timedelta(hours=24)

AnyRequest = Request[Any, Any, Any]


@get("/rules", include_in_schema=False)
async def index(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    merchant = await visits.merchant(request, doors)
    return admin_pages.page(
        request,
        doors,
        merchant,
        "rules/index.html",
        fragment="rules/_list.html",
        rules=await _rows(doors, merchant.shop),
    )


@post("/rules", include_in_schema=False, request_max_body_size=LARGEST)
async def create(request: AnyRequest, doors: NamedDependency[Doors]) -> Template:
    """One more of a kind, switched off."""
    merchant = await identity.merchant_of_fetch(request)
    kind = forms.text(await forms.fields(request, {"kind"}), "kind")
    try:
        made = await ruling.add(doors, Caller(merchant.shop, merchant.user), kind)
    except RuleInvalid as error:
        return await _list(doors, merchant.shop, problem=_sentence(error))
    toast = f"{made.of_kind.title} added, switched off"
    return await _list(doors, merchant.shop, changed=made.id, toast=toast)


@put("/rules/{rule_id:uuid}/switch", include_in_schema=False, request_max_body_size=LARGEST)
async def update_switch(
    request: AnyRequest, rule_id: FromPath[UUID], doors: NamedDependency[Doors]
) -> Template:
    merchant = await identity.merchant_of_fetch(request)
    typed = await forms.fields(request, {rule_forms.ENABLED, VERSION})
    rule = await known(doors, merchant.shop, rule_id)
    wanted = msgspec.structs.replace(rule, enabled=bool(forms.text(typed, rule_forms.ENABLED)))
    caller = Caller(merchant.shop, merchant.user)
    try:
        await ruling.save(doors, caller, wanted, on_top_of=forms.number(typed, VERSION))
    except RuleInvalid as error:
        return await _list(doors, merchant.shop, problem=_sentence(error))
    except RuleStale:
        problem = "Somebody changed this rule meanwhile. This is how it is now."
        return await _list(doors, merchant.shop, problem=problem, status_code=409)
    toast = f"{rule.of_kind.title} is {'on' if wanted.enabled else 'off'}"
    return await _list(doors, merchant.shop, changed=rule_id, toast=toast)


@delete("/rules/{rule_id:uuid}", status_code=200, include_in_schema=False)
async def destroy(
    request: AnyRequest, rule_id: FromPath[UUID], doors: NamedDependency[Doors]
) -> Template:
    """The answer is the list that it is gone from, as a page."""
    merchant = await identity.merchant_of_fetch(request)
    await ruling.remove(doors, Caller(merchant.shop, merchant.user), rule_id)
    return admin_pages.page(
        request, doors, merchant, "rules/index.html", rules=await _rows(doors, merchant.shop)
    )


@get("/rules/{rule_id:uuid}", include_in_schema=False)
async def show(
    request: AnyRequest, rule_id: FromPath[UUID], doors: NamedDependency[Doors]
) -> Template:
    merchant = await visits.merchant(request, doors)
    return admin_pages.page(
        request,
        doors,
        merchant,
        "rules/show.html",
        rule_form=await _form(doors, merchant.shop, rule_id),
        decided=await _decided(doors, merchant.shop, rule_id),
        languages=settings_words.WORDS["languages.enabled"].options,
        viewer=secrets.token_hex(16),
    )


@put("/rules/{rule_id:uuid}", include_in_schema=False, request_max_body_size=LARGEST)
async def update(
    request: AnyRequest, rule_id: FromPath[UUID], doors: NamedDependency[Doors]
) -> Template:
    """422 with what is wrong, 409 with what somebody else saved: each with all that was typed."""
    merchant = await identity.merchant_of_fetch(request)
    rule = await known(doors, merchant.shop, rule_id)
    typed = with_another(await forms.fields(request, field_names(rule)))
    version = forms.number(typed, VERSION)
    on_top_of = forms.number(typed, ON_TOP_OF) if ON_TOP_OF in typed else version
    reading = rule_forms.read(typed, rule)
    if reading.rule is None:
        form = await _form(doors, merchant.shop, rule_id, typed)
        return _drawn(form.typed(typed, version, reading.problems), status_code=422)
    try:
        await ruling.save(
            doors, Caller(merchant.shop, merchant.user), reading.rule, on_top_of=on_top_of
        )
    except RuleStale as error:
        return await _conflict(doors, merchant, typed, version, error)
    return _drawn(await _form(doors, merchant.shop, rule_id), toast="Rule saved")


async def _rows(doors: Doors, shop: str) -> Rules:
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        listed = await rules.in_use(shop)
        since = doors.clock() - _DAY
        decided = await events.decided(connection, shop, since)
        made = await notifications.made_since(connection, shop, since)
        privacy = (await settings.current(shop)).settings.privacy
        product = await samples.product(connection, shop)
    return views.rows(listed, decided, made, privacy, product)


async def _decided(doors: Doors, shop: str, rule_id: UUID) -> Decided:
    async with doors.data.tenant(shop) as connection:
        since, rule = doors.clock() - _DAY, str(rule_id)
        decided = await events.decided(connection, shop, since)
        made = await notifications.made_since(connection, shop, since)
    return views.decisions(decided.get(rule, {}), made.get(rule, 0))


async def _list(
    doors: Doors,
    shop: str,
    *,
    problem: str | None = None,
    changed: UUID | None = None,
    status_code: int | None = None,
    toast: str | None = None,
) -> Template:
    found = (await _rows(doors, shop)).after(problem, str(changed) if changed else None)
    status = status_code or (422 if problem else 200)
    return pages.fragment("rules/_list.html", status_code=status, toast=toast, rules=found)


async def _form(doors: Doors, shop: str, rule_id: UUID, typed: Fields | None = None) -> RuleForm:
    """With the names of what is chosen in it, as `typed` if that is given."""
    async with doors.data.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        rule = await rules.find(shop, rule_id)
        filled = rule_forms.fields(rule) if typed is None else typed
        chosen: dict[str, list[Choice]] = {}
        for name in rule_forms.shown(rule.of_kind):
            what = choices.what(name)
            if what is not None:
                chosen[name] = await choosing.named(connection, shop, what, filled.get(name, ()))
        return views.form(
            rule,
            shop,
            (await settings.current(shop)).settings,
            await samples.product(connection, shop),
            chosen,
            time_zone=str(await shops.zone(connection, shop)),
            currency=await shops.currency(connection, shop),
        )


async def _conflict(
    doors: Doors, merchant: Merchant, typed: Fields, version: int, stale: RuleStale
) -> Template:
    """Where both say the same there is none: what was to be saved is saved."""
    shop, theirs = merchant.shop, stale.theirs
    differing = views.changes(theirs, stale.yours)
    form = await _form(doors, shop, theirs.id, typed)
    if not differing:
        return _drawn(form, toast="Rule saved")
    async with doors.data.tenant(shop) as connection:
        where = await shops.zone(connection, shop)
        by = await rules.saved_last(connection, shop, theirs.id)
    saved_by, at, author = by or ("", doors.clock(), None)
    saved = changes.saved(theirs.version, saved_by, author, at, where=where, now=doors.clock())
    form = form.typed(typed, version, {}).contradicted(Conflict(saved, differing))
    return _drawn(form, status_code=409)


def _drawn(form: RuleForm, *, status_code: int = 200, toast: str | None = None) -> Template:
    return pages.fragment("rules/_form.html", status_code=status_code, toast=toast, rule_form=form)


def _sentence(error: RuleInvalid) -> str:
    return next(iter(error.problems.values()))
