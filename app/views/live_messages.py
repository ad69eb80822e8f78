"""What /live sends to the merchant's open page: HTML, drawn by the page's own templates."""

from typing import Protocol

from jinja2 import Environment

from app.views.notifications import NotificationView


class Figures(Protocol):
    """Today's figures, as home/_figures.html shows them."""

    @property
    def made(self) -> int: ...

    @property
    def seen(self) -> int: ...

    @property
    def retracted(self) -> int: ...


def compose(
    environment: Environment, notification: NotificationView, figures: Figures | None = None
) -> str:
    """The data of one unnamed message: a notification that is new or changed, and the figures."""
    template = environment.get_template("home/_live_message.html")
    return template.render(notification=notification, figures=figures)
