"""Webhooks that somebody else signed."""

import uuid
from dataclasses import replace

from sandbox.shopify.signatures import webhook_signature
from sandbox.shopify.webhooks.deliveries import Delivery

WRONG_SECRET = "not the app's secret"


def forged_copy(genuine: Delivery) -> Delivery:
    """The same words under another webhook id, signed with a wrong secret; never retried."""
    headers = {
        **genuine.headers,
        "X-Shopify-Webhook-Id": str(uuid.uuid4()),
        "X-Shopify-Hmac-Sha256": webhook_signature(WRONG_SECRET, genuine.body),
    }
    return replace(genuine, headers=headers, is_forged=True, is_over=True, attempts=[])
