"""Shows a merchant what she tries out, on her own open page and nowhere else."""

from app.data import rules, samples, settings
from app.domain import previews
from app.domain import samples as samples_of
from app.domain.previews import Drafted, Viewer
from app.domain.rules import Rule
from app.domain.settings import ShopSettings
from app.doors import Doors
from app.services import storefront

# The one sample of an open page: what is drafted next replaces it.
_SAMPLE = samples_of.id_of("draft")


async def show_draft(
    doors: Doors, shop: str, viewer: Viewer, number: int, wanted: ShopSettings
) -> int:
    """How many pages of the shop listened; raises LiveUnavailable."""
    async with doors.data.tenant(shop):
        known = await rules.all_of(shop)
    return await _show(doors, shop, viewer, number, wanted, known, samples_of.rule(known))


async def show_rule(doors: Doors, shop: str, viewer: Viewer, number: int, wanted: Rule) -> int:
    """As `show_draft`, with the settings as they are and one rule as it is wished."""
    async with doors.data.tenant(shop):
        known = [rule for rule in await rules.all_of(shop) if rule.id != wanted.id]
        saved = await settings.current(shop)
    return await _show(doors, shop, viewer, number, saved.settings, [*known, wanted], wanted)


async def _show(
    doors: Doors,
    shop: str,
    viewer: Viewer,
    number: int,
    wanted: ShopSettings,
    known: list[Rule],
    rule: Rule,
) -> int:
    now = doors.clock()
    config = await storefront.draft(doors.data, doors.settings, shop, wanted, known, now)
    async with doors.data.tenant(shop) as connection:
        product = await samples.product(connection, shop)
    drafted = Drafted(
        number,
        config,
        samples_of.frame(_SAMPLE, rule, wanted.privacy, product, now),
        samples_of.sentence(rule, wanted.privacy, product),
        previews.reach(wanted),
    )
    return await doors.live.previews.publish(shop, previews.encode(viewer, drafted))
