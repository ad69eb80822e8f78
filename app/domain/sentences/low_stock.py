"""How many of a product are left."""

from app.domain.languages import Sentences

SENTENCES: Sentences = {
    "en": ("{product}: {count} left",),
    "de": ("{product}: noch {count} auf Lager",),
    "fr": ("{product} : plus que {count} en stock",),
    "es": ("{product}: {count, plural, one {queda #} other {quedan #}}",),
    "it": ("{product}: {count, plural, one {ne resta #} other {ne restano #}}",),
    "pt": ("{product}: {count, plural, one {resta #} other {restam #}}",),
    "nl": ("{product}: nog {count} op voorraad",),
    "pl": ("{product} – pozostało: {count}",),
    "ja": ("「{product}」残り{count}点",),
    "ar": ("{product}: المتبقي {count}",),
}
