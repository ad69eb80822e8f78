"""What shoppers get to see, and what they never do."""

from app.domain import buyers
from app.domain.settings import Privacy


def lines(privacy: Privacy) -> list[str]:
    return [
        "Only orders that were paid. Test orders never make a card.",
        _about_buyers(privacy),
        "A cancelled order takes its card back from every open page.",
    ]


def _about_buyers(privacy: Privacy) -> str:
    match (buyers.tells_names(privacy), buyers.tells_towns(privacy)):
        case (True, True):
            return "First names, and towns or regions that enough buyers share: “Camille in Lyon…”"
        case (True, False):
            return "First names and no places: “Camille bought…”"
        case (False, True):
            return (
                "No names, and only towns or regions that enough buyers share: “Someone in Lyon…”"
            )
        case _:
            return "No names and no places: “Someone bought…”"
