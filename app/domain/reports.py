"""What a shop reports of itself through the API: reviews, sign-ups, and kinds of its own.

Never orders or stock, which only Shopify vouches for.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

ProductId = Annotated[int, Meta(ge=1, le=2**63 - 1)]
# A key that makes a repeated report the same report.
Reference = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._:-]{1,100}\Z")]
Moment = Annotated[datetime, Meta(tz=True)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# Clocks differ.
_AHEAD = timedelta(minutes=5)


class Report(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True
):
    """`reference` is the shop's own name for it, `occurred_at` when it happened."""

    reference: Reference
    occurred_at: Moment


class ReviewPosted(Report, frozen=True, kw_only=True, tag="review.posted"):
    """`author` is told by the first name alone, and only where the shop tells names."""

    product_id: ProductId
    rating: Annotated[float, Meta(ge=0, le=5)]
    author: Name | None = None


class SignUpReported(Report, frozen=True, kw_only=True, tag="sign_up.reported"):
    author: Name | None = None


class ShopReported(Report, frozen=True, kw_only=True, tag="shop.reported"):
    """Something of the shop's own: `kind` is what a rule listens to."""

    kind: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z")]
    product_id: ProductId | None = None


AnyReport = ReviewPosted | SignUpReported | ShopReported


def objection_to(report: AnyReport, now: datetime) -> str | None:
    """In a sentence, where it cannot have happened when the report says."""
    if report.occurred_at < _EARLIEST:
        return "occurred_at lies before the year 2000."
    if report.occurred_at > now + _AHEAD:
        return "occurred_at lies in the future."
    return None
