"""Shows a merchant what she tries out, on her own open page and nowhere else."""

from app.data import rules, samples
from app.domain import previews
from app.domain import samples as samples_of
from app.domain.previews import Drafted, Viewer
from app.domain.settings import ShopSettings
from app.doors import Doors
from app.services import storefront

# The one sample of an open page: what is drafted next replaces it.
_SAMPLE = samples_of.id_of("draft")


async def show_draft(
    doors: Doors, shop: str, viewer: Viewer, number: int, wanted: ShopSettings
) -> int:
    """How many pages of the shop listened; raises LiveUnavailable."""
    now = doors.clock()
    config = await storefront.draft(doors.data, doors.settings, shop, wanted, now)
    async with doors.data.tenant(shop) as connection:
        rule = samples_of.rule(await rules.all_of(shop))
        product = await samples.product(connection, shop)
    drafted = Drafted(
        number,
        config,
        samples_of.frame(_SAMPLE, rule, wanted.privacy, product, now),
        samples_of.sentence(rule, wanted.privacy, product),
        previews.reach(wanted),
    )
    return await doors.live.previews.publish(shop, previews.encode(viewer, drafted))
