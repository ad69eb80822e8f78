"""That a product is new."""

from app.domain.languages import Sentences

SENTENCES: Sentences = {
    "en": ("New in the shop: {product}",),
    "de": ("Neu im Shop: {product}",),
    "fr": ("Nouveau dans la boutique : {product}",),
    "es": ("Nuevo en la tienda: {product}",),
    "it": ("Novità nel negozio: {product}",),
    "pt": ("Novidade na loja: {product}",),
    "nl": ("Nieuw in de winkel: {product}",),
    "pl": ("Nowość w sklepie: {product}",),
    "ja": ("新商品：「{product}」",),
    "ar": ("جديد في المتجر: {product}",),
}
