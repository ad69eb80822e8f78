"""What may be asked of the control JSON; an unknown name in a body is refused, not ignored."""

from typing import Annotated, Any, Literal, TypeVar

import msgspec
from litestar import Request

from sandbox.shopify.refusals import Refused

Quantity = Annotated[int, msgspec.Meta(ge=1, le=999)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
Handles = Annotated[list[str], msgspec.Meta(min_length=1, max_length=50)]


class Person(msgspec.Struct, forbid_unknown_fields=True):
    first_name: str | None = None
    last_name: str = "Novak"
    email: str | None = None
    city: str | None = None
    country: str | None = None
    country_code: str | None = None


class NewOrder(msgspec.Struct, forbid_unknown_fields=True):
    """`customer`: id, e-mail, first name or full name of one the shop has, or a new person.

    A `lost` order is one that the app is not told of.
    """

    shop: str
    product: str | None = None
    products: Handles | None = None
    quantity: Quantity = 1
    customer: str | Person | None = None
    paid: bool = True
    test: bool = False
    lost: bool = False
    cart_token: str | None = None
    note_attributes: dict[str, str] = {}


class Edit(msgspec.Struct, forbid_unknown_fields=True):
    product: str | None = None
    quantity: Quantity = 1


class PartialRefund(msgspec.Struct, forbid_unknown_fields=True):
    """`lines`: quantities by line id; without it, everything."""

    lines: dict[str, int] | None = None


class Switch(msgspec.Struct, forbid_unknown_fields=True):
    on: bool


class OneShop(msgspec.Struct, forbid_unknown_fields=True):
    shop: str


class DeedWish(msgspec.Struct, forbid_unknown_fields=True):
    shop: str
    deed: Text


class Patience(msgspec.Struct, forbid_unknown_fields=True):
    timeout: Annotated[float, msgspec.Meta(gt=0, le=60)] = 10.0


class RawDelivery(msgspec.Struct, forbid_unknown_fields=True):
    """`raw` goes out byte for byte; a header of null is left out."""

    shop: str
    topic: str
    body: Any = msgspec.UNSET
    raw: str | None = None
    headers: dict[str, str | None] = {}
    bad_signature: bool = False


class TokenWish(msgspec.Struct, forbid_unknown_fields=True):
    """A claim of null is left out; `staff` by key, the owner if left out."""

    shop: str
    staff: str | None = None
    overrides: dict[str, Any] = {}
    secret: str | None = None
    alg: Literal["HS256", "HS384", "HS512", "none"] = "HS256"
    expires_in: Annotated[int, msgspec.Meta(ge=-86_400, le=86_400)] = 60


Wish = TypeVar("Wish")


async def read(request: Request[Any, Any, Any], kind: type[Wish]) -> Wish:
    """The body as `kind`; none at all counts as `{}`. Raises Refused with a sentence."""
    raw = await request.body() or b"{}"
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise Refused(f"The body does not fit: {error}.") from error
