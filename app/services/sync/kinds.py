"""All kinds of work that is due; a new one is added here and in `domain/jobs.py`."""

from app.domain import jobs
from app.services.sync import (
    access,
    addresses,
    buyers,
    catalogue,
    counts,
    leftovers,
    retractions,
    shop_facts,
    webhook_sources,
)
from app.services.sync.steps import Kind

KINDS: dict[str, Kind] = {
    jobs.ACCESS: access.step,
    jobs.SHOP: shop_facts.step,
    jobs.STOREFRONT: addresses.step,
    jobs.CATALOGUE: catalogue.step,
    jobs.VARIANTS: leftovers.read_variants,
    jobs.MEMBERS: leftovers.read_members,
    jobs.WEBHOOKS: webhook_sources.step,
    jobs.BUYERS: buyers.step,
    jobs.RETRACTIONS: retractions.step,
    jobs.COUNTS: counts.step,
}
