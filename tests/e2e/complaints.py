"""What a page says on its console that it should not have to say."""

from playwright.async_api import ConsoleMessage, Page

# How the browser and htmx report that a request did not get through.
_CUT = ("net::ERR_", "network error", "Failed to fetch")


class Complaints:
    """Errors, warnings and uncaught exceptions of a page, its frames included."""

    def __init__(self, page: Page) -> None:
        self._said: list[str] = []
        self._expected: tuple[str, ...] = ()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._said.append(f"uncaught: {error}"))

    def expect_cut_connection(self) -> None:
        self.expect(*_CUT)

    def expect(self, *pieces: str) -> None:
        self._expected += pieces

    def unexpected(self) -> list[str]:
        return [said for said in self._said if not any(piece in said for piece in self._expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._said.append(f"{message.type}: {message.text} ({message.location['url']})")
