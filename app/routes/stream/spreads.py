"""How long the readers of a shop may take to ask for its new settings."""

import msgspec

from app.domain import frames
from app.domain.frames import Message, SettingsChanged

_AT_LEAST = 0.5
_QUESTIONS_A_SECOND = 200  # per stream process; each is a config.json that the web process composes

_settings = msgspec.json.Decoder(SettingsChanged)


def spread(message: Message, readers: int) -> Message:
    """`settings` with the seconds over which so many readers are to spread; others as they are."""
    if message.event != "settings":
        return message
    try:
        changed = _settings.decode(message.data)
    except msgspec.DecodeError:
        return message  # of a newer release perhaps: for those who know it
    seconds = max(_AT_LEAST, readers / _QUESTIONS_A_SECOND)
    told = msgspec.structs.replace(changed, spread=round(seconds, 1))
    return msgspec.structs.replace(message, data=frames.encode(told))
