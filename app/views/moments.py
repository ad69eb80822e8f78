"""Moments as people read them. static/js/ago.js says the same while the page stays open."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

_STEPS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


@dataclass(frozen=True)
class Moment:
    """What templates/components/moment.html draws."""

    at: datetime
    ago: str
    written_out: str


@dataclass(frozen=True)
class Clock:
    """`where` is the shop's time zone."""

    now: datetime
    where: tzinfo

    def moment(self, at: datetime) -> Moment:
        return Moment(at, ago(at, self.now), written_out(at, self.where))


def ago(moment: datetime, now: datetime) -> str:
    """`5 minutes ago`; a moment just ahead, from a clock that runs fast, is `just now`."""
    seconds = (now - moment).total_seconds()
    for unit, length in _STEPS:
        if seconds >= length:
            number = int(seconds // length)
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"


def day(moment: datetime, where: tzinfo = UTC) -> str:
    """`21 Nov 2026`"""
    moment = moment.astimezone(where)
    return f"{moment.day} {moment:%b %Y}"


def left(until: datetime, now: datetime) -> str:
    """`3 days left`, or `2 days late`."""
    seconds = (until - now).total_seconds()
    number = int(abs(seconds) // 86_400)
    days = f"{number} day{'' if number == 1 else 's'}" if number else "less than a day"
    return f"{days} {'left' if seconds > 0 else 'late'}"


def written_out(moment: datetime, where: tzinfo = UTC) -> str:
    """`21 November 2026, 09:00 UTC`"""
    moment = moment.astimezone(where)
    return f"{moment.day} {moment:%B %Y, %H:%M %Z}"


def exactly(moment: datetime, where: tzinfo = UTC) -> str:
    """`21 November 2026, 09:00:03 UTC`"""
    moment = moment.astimezone(where)
    return f"{moment.day} {moment:%B %Y, %H:%M:%S %Z}"


def later(first: datetime, then: datetime) -> str:
    """`3 minutes later`; Shopify tells whole seconds, so within two of them is `at once`."""
    seconds = (then - first).total_seconds()
    for unit, length in (*_STEPS, ("second", 1)):
        number = int(seconds // length)
        if number >= (2 if unit == "second" else 1):
            return f"{number} {unit}{'' if number == 1 else 's'} later"
    return "at once"
