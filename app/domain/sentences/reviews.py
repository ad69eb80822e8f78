"""How a product was rated."""

from app.domain.languages import Sentences

SENTENCES: Sentences = {
    "en": (
        "{name} rated {product} {rating} ★",
        "{product} was rated {rating} ★",
    ),
    "de": (
        "{name} hat {product} mit {rating} ★ bewertet",
        "{product} wurde mit {rating} ★ bewertet",
    ),
    "fr": (
        "{name} a donné {rating} ★ à {product}",
        "{product} a reçu {rating} ★",
    ),
    "es": (
        "{name} valoró {product} con {rating} ★",
        "{product} recibió {rating} ★",
    ),
    "it": (
        "{name} ha dato {rating} ★ a {product}",
        "{product} ha ricevuto {rating} ★",
    ),
    "pt": (
        "{name} avaliou {product} com {rating} ★",
        "{product} recebeu {rating} ★",
    ),
    "nl": (
        "{name} gaf {product} {rating} ★",
        "{product} kreeg {rating} ★",
    ),
    "pl": (
        "{name} – ocena {rating} ★: {product}",
        "{product} – ocena {rating} ★",
    ),
    "ja": (
        "{name}さんが「{product}」を★{rating}と評価しました",
        "「{product}」が★{rating}と評価されました",
    ),
    "ar": (
        "تقييم {product}: {rating} ★ من {name}",
        "تقييم {product}: {rating} ★",
    ),
}
