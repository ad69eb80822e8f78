"""In how many carts a product was put."""

from app.domain.languages import Sentences

SENTENCES: Sentences = {
    "en": ("{product} was put into {count, plural, one {# cart} other {# carts}} {window}",),
    "de": (
        "{product} wurde {window} in {count, plural, one {einen Warenkorb} other {# Warenkörbe}} gelegt",
    ),
    "fr": ("{product} : dans {count, plural, one {# panier} other {# paniers}} {window}",),
    "es": ("{product}: en {count, plural, one {# carrito} other {# carritos}} {window}",),
    "it": ("{product}: in {count, plural, one {# carrello} other {# carrelli}} {window}",),
    "pt": ("{product}: em {count, plural, one {# carrinho} other {# carrinhos}} {window}",),
    "nl": (
        "{product} is {window} in {count, plural, one {# winkelwagen} other {# winkelwagens}} gelegd",
    ),
    "pl": ("{product} – w {count, plural, one {# koszyku} other {# koszykach}} {window}",),
    "ja": ("「{product}」は{window}に{count}件のカートに入れられました",),
    "ar": (
        "{product}: في {count, plural, one {سلة واحدة} two {سلتين} few {# سلات} other {# سلة}} {window}",
    ),
}
