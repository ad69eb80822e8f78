"""The door to Redis: publishing to shoppers' pages, replaying what they missed, listening."""

from app.live.door import Live, open

__all__ = ["Live", "open"]
