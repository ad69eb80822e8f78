"""How often a product was bought."""

from app.domain.languages import Sentences

SENTENCES: Sentences = {
    "en": ("{product} was bought {count, plural, one {once} other {# times}} {window}",),
    "de": ("{product} wurde {window} {count, plural, one {einmal} other {#-mal}} gekauft",),
    "fr": ("{product} : {count, plural, one {# achat} other {# achats}} {window}",),
    "es": ("{product}: {count, plural, one {# compra} other {# compras}} {window}",),
    "it": ("{product}: {count, plural, one {# acquisto} other {# acquisti}} {window}",),
    "pt": ("{product}: {count, plural, one {# compra} other {# compras}} {window}",),
    "nl": ("{product} is {window} {count, plural, one {één keer} other {# keer}} gekocht",),
    "pl": (
        "{product} – {count, plural, one {# zakup} few {# zakupy} many {# zakupów} other {# zakupu}} {window}",
    ),
    "ja": ("「{product}」は{window}に{count}回購入されました",),
    "ar": (
        "{product}: {count, plural, one {عملية شراء واحدة} two {عمليتا شراء} few {# عمليات شراء} other {# عملية شراء}} {window}",
    ),
}
