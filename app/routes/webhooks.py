"""Takes in what Shopify says. Whatever is signed and well addressed is kept and answered 200."""

from typing import Any

from litestar import MediaType, Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency

from app.doors import Doors
from app.services.intake import Intake
from app.shopify import signatures, webhooks

# Shopify's payloads stay far below; what is larger is not Shopify's.
LARGEST_BODY = 2_000_000


@post(
    "/webhooks/shopify",
    status_code=200,
    media_type=MediaType.TEXT,
    request_max_body_size=LARGEST_BODY,
    include_in_schema=False,
)
async def receive(
    request: Request[Any, Any, Any], doors: NamedDependency[Doors], intake: NamedDependency[Intake]
) -> Response[str]:
    body = await request.body()
    signatures.verify(body, webhooks.signature_of(request.headers), doors.settings.shopify_secrets)
    receipt = await intake.accept(webhooks.parse(request.headers, body))
    return Response(receipt.value)


def intake_of(state: State) -> Intake:
    """The dependency `intake`."""
    intake: Intake = state.intake
    return intake
