"""Access tokens of apps: expiring ones that rotate, as Shopify hands them out since 2026."""

import secrets
import time
from dataclasses import dataclass

from sandbox.shopify.rudeness import Rudeness

ACCESS_LIFE = 3600
REFRESH_LIFE = 7_776_000
CODE_LIFE = 60
STALE_AFTER = 2


@dataclass
class Grant:
    """One pair of tokens; `replaced` is the pair that this one followed and has not ended yet."""

    shop: str
    scope: str
    access_token: str
    refresh_token: str | None
    issued_at: float
    is_online: bool = False
    replaced: "Grant | None" = None


class Tokens:
    def __init__(self, rudeness: Rudeness) -> None:
        self._rudeness = rudeness
        self.grants: list[Grant] = []
        self._codes: dict[str, tuple[str, float]] = {}

    def issue(self, shop: str, scope: str, *, expiring: bool, online: bool = False) -> Grant:
        """A new offline grant ends the earlier offline ones: only one is active per shop."""
        if not online:
            self.grants = [one for one in self.grants if one.is_online or one.shop != shop]
        grant = self._grant(shop, scope, expiring=expiring, online=online)
        self.grants.append(grant)
        return grant

    def refresh(self, shop: str, refresh_token: str) -> Grant | None:
        """None for a token that is unknown, too old, or ended.

        A refresh token stays usable until its replacement is used, so that a lost answer can be
        asked for again; that second answer replaces the first.
        """
        grant = self._find_refreshable(shop, refresh_token)
        if grant is None:
            return None
        self.grants = [one for one in self.grants if one == grant or one.replaced != grant]
        if grant.replaced in self.grants:
            self.grants.remove(grant.replaced)
        grant.replaced = None
        fresh = self._grant(shop, grant.scope, expiring=True)
        fresh.replaced = grant
        self.grants.append(fresh)
        return fresh

    def allows(self, shop: str, access_token: str) -> bool:
        """Whether the Admin API lets this token in."""
        life = STALE_AFTER if self._rudeness.expired_tokens else ACCESS_LIFE
        return any(
            grant.shop == shop
            and grant.access_token == access_token
            and (grant.refresh_token is None or time.time() < grant.issued_at + life)
            for grant in self.grants
        )

    def scope(self, shop: str, access_token: str) -> str:
        for grant in self.grants:
            if (grant.shop, grant.access_token) == (shop, access_token):
                return grant.scope
        return ""

    def issue_code(self, shop: str) -> str:
        code = secrets.token_hex(16)
        self._codes[code] = (shop, time.time() + CODE_LIFE)
        return code

    def redeem_code(self, shop: str, code: str) -> bool:
        """Each code once, within a minute, for the shop it was made for."""
        owner, until = self._codes.pop(code, ("", 0.0))
        return owner == shop and time.time() < until

    def revoke(self, shop: str) -> None:
        self.grants = [grant for grant in self.grants if grant.shop != shop]

    def forget(self) -> None:
        self.grants = []
        self._codes.clear()

    def _find_refreshable(self, shop: str, refresh_token: str) -> Grant | None:
        for grant in self.grants:
            is_alive = time.time() < grant.issued_at + REFRESH_LIFE
            if is_alive and (grant.shop, grant.refresh_token) == (shop, refresh_token):
                return grant
        return None

    def _grant(self, shop: str, scope: str, *, expiring: bool, online: bool = False) -> Grant:
        return Grant(
            shop=shop,
            scope=scope,
            access_token=f"shpat_{secrets.token_hex(16)}",
            refresh_token=f"shprt_{secrets.token_hex(24)}" if expiring else None,
            issued_at=time.time(),
            is_online=online,
        )
