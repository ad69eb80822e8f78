"""What a person reads on a page."""

import re
from html import unescape

import httpx


def words(answer: httpx.Response) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))
