"""The merchant publishes an announcement: their own act is what proves it."""

from app.domain.events import AnnouncementPublished
from app.domain.kinds import ANNOUNCEMENT
from app.domain.notifications import Draft, Facts
from app.domain.rule_filters import Occasion
from app.services.reactions.work import Work, tell


async def react(work: Work, event: AnnouncementPublished) -> None:
    """One after the other: what a rule announced before is not said again."""
    for rule in work.of_kind(ANNOUNCEMENT):
        if rule.id != event.data.rule:
            continue
        reason = work.reason_against(rule, Occasion(event.occurred_at))
        if event.data.wording != rule.wish.wording:
            reason = "outdated"
        await tell(
            work,
            rule,
            Draft(f"announcement:{event.id}", Facts()),
            reason,
            source=event.data.entity,
            occurred_at=event.occurred_at,
            proof=[event.id],
        )
