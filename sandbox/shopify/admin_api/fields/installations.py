"""`currentAppInstallation`, `app` and `appUninstall`."""

from typing import Any

from sandbox.shopify.admin_api.calls import Call
from sandbox.shopify.admin_api.fields import metafields
from sandbox.shopify.admin_api.gids import gid
from sandbox.shopify.state.numbers import stable_id

Json = dict[str, Any]


def current(info: Any) -> Json:
    call: Call = info.context
    return {
        "__typename": "AppInstallation",
        "id": gid("AppInstallation", call.installation.id),
        "launchUrl": call.stand_in.options.app_url,
        "uninstallUrl": None,
        "accessScopes": [_scope(handle) for handle in call.installation.scopes],
        "activeSubscriptions": [],
        "app": _app(call),
        "metafield": metafields.one,
        "metafields": metafields.many,
    }


def uninstall(info: Any) -> Json:
    """The calling app leaves; its token is dead when the answer arrives."""
    call: Call = info.context
    call.stand_in.consents.uninstall(call.shop)
    return {"app": _app(call), "userErrors": []}


ANSWERS = {"currentAppInstallation": current, "appUninstall": uninstall}


def _app(call: Call) -> Json:
    app, options = call.stand_in.world.app, call.stand_in.options
    return {
        "__typename": "App",
        "id": gid("App", stable_id("app", options.api_key)),
        "apiKey": options.api_key,
        "handle": app.handle,
        "title": app.name,
        "embedded": True,
        "requestedAccessScopes": [_scope(handle) for handle in app.scopes],
        "optionalAccessScopes": [_scope(handle) for handle in app.optional_scopes],
        "webhookApiVersion": options.api_version,
    }


def _scope(handle: str) -> Json:
    words = handle.replace("_", " ").capitalize()
    return {"__typename": "AccessScope", "handle": handle, "description": words}
