"""The storefront's language: the shop's, or what `?locale=` asks for (texts stay English)."""

import re
from typing import Any

from litestar import Request

from sandbox.shopify.state.shops import Shop

_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
_CODE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


def language(request: Request[Any, Any, Any], shop: Shop) -> str:
    wanted = request.query_params.get("locale", "")
    return wanted if _CODE.fullmatch(wanted) else shop.locale


def direction(locale: str) -> str:
    return "rtl" if locale[:2] in _RIGHT_TO_LEFT else "ltr"
