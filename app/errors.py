"""The promises that can be broken, as sentences. `routes/problems.py` turns them into answers."""

import msgspec

# What msgspec raises for bytes that are not JSON, or that are nested too deeply to be anybody's.
NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class SettingInvalid(Exception):
    """A setting is missing or malformed; the message names it in one sentence."""


class AddressTaken(Exception):
    """A server cannot listen where it was told to."""


class ScratchTablesRefused(Exception):
    """Postgres lets `earshot_request` make no temporary tables."""


class RehearsalBusy(Exception):
    """No place to play a rule just now; the message says why, to whoever asked."""


class DoorUnavailable(Exception):
    """A service behind a door does not answer. Workers retry what is not `permanent`."""

    permanent: bool = False


class LiveUnavailable(DoorUnavailable):
    """Redis does not answer."""


class EventLogUnavailable(DoorUnavailable):
    """Kafka does not answer."""


class DataUnavailable(DoorUnavailable):
    """Postgres does not answer."""


class ShopifyUnavailable(DoorUnavailable):
    """Shopify does not answer, or asks for patience."""


class ShopifyThrottled(ShopifyUnavailable):
    """Shopify asks for patience: after `seconds` there is room for the same question."""

    def __init__(self, sentence: str, seconds: float) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class TokenRefused(Exception):
    """The Admin API does not take the access token: it has ended, or was never good."""


class ShopRefused(Exception):
    """The Admin API answers nothing for this shop: it is frozen, locked, closed or gone."""


class ScopeMissing(Exception):
    """The Admin API refuses a field: a scope, or Shopify's approval, is missing."""


class QueryTooCostly(Exception):
    """A query costs more than Shopify ever allows: the same one is never asked again."""


class QueryRefused(Exception):
    """The Admin API does not understand a query: a mistake of ours, or of its version."""


class ChangeRefused(Exception):
    """The Admin API does not make a change; the message is Shopify's own."""


class SubjectTokenRefused(Exception):
    """Shopify takes the ID token for too old to exchange: a new one is needed."""


class AuthorizationRefused(Exception):
    """A step of the authorization code grant that did not come from Shopify, or not in time."""


class AccessMissing(Exception):
    """No token of the Admin API can be had before the merchant opens the app again."""


class GrantRefused(Exception):
    """Shopify grants no token: the refresh token is spent, or the app is gone from the shop."""


class RowLevelSecurityWouldNotHold(Exception):
    """The effective database role is a superuser or may bypass row-level security."""


class DatabaseRoleMissing(Exception):
    """A role that row-level security needs does not exist and may not be created by this login."""


class PayloadUnreadable(Exception):
    """A delivery's body cannot be turned into an event: it is parked, not retried."""

    permanent: bool = True


class IdTokenInvalid(Exception):
    """An ID token that Shopify did not issue for this app, or not for now."""


class ShopMismatch(IdTokenInvalid):
    """A request names another shop than its ID token does."""


class ApiKeyRefused(Exception):
    """A program's key that opens nothing: unknown, revoked, or of a shop that has left."""


class ApiKeyUnknown(Exception):
    """The shop has no such key; another shop's counts as none."""


class SignatureMismatch(Exception):
    """A webhook's HMAC is missing or is not that of its body."""


class HeaderMissing(Exception):
    """A webhook lacks a header that Shopify always sends."""


class ShopUnknown(Exception):
    """No such shop has Earshot installed."""


class NotificationUnknown(Exception):
    """The shop has no such notification; another shop's counts as none."""


class DeadLetterUnknown(Exception):
    """Nothing is parked under this id, or not any more; another shop's counts as none."""


class ExportUnknown(Exception):
    """Nothing is kept for the merchant under this request, or not any more; another shop's counts
    as none."""


class RuleUnknown(Exception):
    """The shop has no such rule; another shop's counts as none."""


class RuleInvalid(Exception):
    """A rule that cannot be saved: a sentence for each field, by its path."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("This rule cannot be saved as it is.")
        self.problems = problems


class SettingsVersionUnknown(Exception):
    """The shop's settings were never saved as that version."""


class InputInvalid(Exception):
    """What a client sent cannot be used; the message says why."""
