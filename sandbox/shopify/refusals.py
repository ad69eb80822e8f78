"""Requests that cannot be fulfilled, told as sentences."""


class Refused(Exception):
    """The request makes no sense as it stands; answered with 400."""


class Unknown(Exception):
    """What the request names does not exist; answered with 404."""
