"""What /live sends to an open list: rows that have changed, drawn by the page's own templates."""

from collections.abc import Sequence

from jinja2 import Environment

from app.views.notification_arrivals import Arrivals
from app.views.notifications import NotificationView


def draw(
    environment: Environment, rows: Sequence[NotificationView], arrivals: Arrivals | None
) -> str:
    """The data of one unnamed message; None where nobody has counted arrivals."""
    template = environment.get_template("notifications/_live_message.html")
    return template.render(notifications=rows, arrivals=arrivals)
