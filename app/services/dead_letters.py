"""Works off once more what could not be, or gives it up.

Whatever a letter is about goes back to where it began, the inbox: from there relay and workers make
the same event of it, with the same id, so that a second time changes nothing.
"""

from datetime import datetime
from uuid import UUID

from app.data import audit_log, dead_letters, deliveries, shops
from app.data.database import Connection
from app.domain.dead_letters import ERASED, GONE, NOT_INSTALLED, Letter
from app.domain.deliveries import StoredDelivery
from app.doors import Doors
from app.errors import DeadLetterUnknown, PayloadUnreadable
from app.services import parking, relaying
from app.shopify import topics

OPERATOR = "operator"


async def replay(doors: Doors, shop: str, actor: str, letter_id: UUID) -> str | None:
    """None when it waits in the inbox again, and is no letter any more; else why it stays, in a
    word. Raises DeadLetterUnknown."""
    now = doors.clock()
    async with doors.data.tenant(shop) as connection:
        letter = await _claim(connection, shop, letter_id)
        reason = await _hand_over(connection, letter, now)
        if reason is None:
            await dead_letters.remove(connection, letter)
            await _note(connection, letter, actor, "replayed a dead letter", now)
    return reason


async def drop(doors: Doors, shop: str, actor: str, letter_id: UUID) -> None:
    """It is never worked off. Raises DeadLetterUnknown."""
    now = doors.clock()
    async with doors.data.tenant(shop) as connection:
        letter = await _claim(connection, shop, letter_id)
        await dead_letters.remove(connection, letter)
        await _note(connection, letter, actor, "dropped a dead letter", now)


async def _claim(connection: Connection, shop: str, letter_id: UUID) -> Letter:
    letter = await dead_letters.hold(connection, shop, letter_id)
    if letter is None:
        raise DeadLetterUnknown(str(letter_id))
    return letter


async def _hand_over(connection: Connection, letter: Letter, now: datetime) -> str | None:
    """What is about the installation is settled whether or not there is one."""
    if letter.is_erased:
        return ERASED
    if letter.delivery_id is None:
        return GONE
    delivery = await deliveries.find(connection, letter.shop, letter.delivery_id)
    if delivery is None:
        return GONE
    if delivery.topic in topics.SETTLED:
        await deliveries.mark(connection, [delivery], "due")
        return None
    if await shops.state(connection, letter.shop) != "installed":
        return NOT_INSTALLED
    return await _pass_again(connection, letter, delivery, now)


async def _pass_again(
    connection: Connection, letter: Letter, delivery: StoredDelivery, now: datetime
) -> str | None:
    """Tried here first, so that whoever asks hears at once of what would only be parked again."""
    try:
        relaying.entry_of(delivery)
    except PayloadUnreadable as error:
        reason = parking.reason_of(error)
        await dead_letters.note(connection, letter, reason, str(error), now)
        return reason
    await deliveries.mark(connection, [delivery], "held")
    return None


async def _note(
    connection: Connection, letter: Letter, actor: str, action: str, now: datetime
) -> None:
    await audit_log.add(
        connection,
        letter.shop,
        actor,
        action,
        now,
        letter=str(letter.id),
        worker=letter.worker,
        topic=letter.topic,
        reason=letter.reason,
    )
