"""HEAD: what GET would answer, but for the body. A handler for GET is asked, and its head told."""

from litestar.enums import HttpMethod
from litestar.types import HTTPScope, Message, Send


def as_get(scope: HTTPScope, send: Send) -> tuple[HTTPScope, Send]:
    """The scope and the way to answer of a HEAD request, for handlers that know only GET."""

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    asked = scope.copy()
    asked["method"] = HttpMethod.GET
    return asked, send_head
