"""A page inside the admin, with what each of them needs: App Bridge, and who may frame it."""

from typing import Any

from litestar import Request
from litestar.response import Template

from app.doors import Doors
from app.routes import framing
from app.shopify.id_tokens import Merchant
from app.views import pages


def page(
    request: Request[Any, Any, Any],
    doors: Doors,
    merchant: Merchant,
    name: str,
    *,
    fragment: str | None = None,
    status_code: int = 200,
    **context: object,
) -> Template:
    """The page `name`, or the part of it that is asked for (views/pages.py)."""
    answer = pages.page(
        request,
        name,
        fragment=fragment,
        status_code=status_code,
        api_key=doors.settings.shopify_api_key,
        app_bridge_url=doors.settings.app_bridge_url,
        shop=merchant.shop,
        **context,
    )
    answer.headers.update(framing.bridged_headers(doors.settings, merchant.shop))
    return answer
