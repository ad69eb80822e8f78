"""That a product can be bought again."""

from app.domain.languages import Sentences

SENTENCES: Sentences = {
    "en": ("{product} is back in stock",),
    "de": ("{product} ist wieder auf Lager",),
    "fr": ("{product} : de nouveau en stock",),
    "es": ("{product}: disponible de nuevo",),
    "it": ("{product}: di nuovo disponibile",),
    "pt": ("{product}: disponível novamente",),
    "nl": ("{product} is weer op voorraad",),
    "pl": ("{product} – znów w sprzedaży",),
    "ja": ("「{product}」が再入荷しました",),
    "ar": ("{product}: متوفر من جديد",),
}
