"""Who opened an account."""

from app.domain.languages import Sentences

SENTENCES: Sentences = {
    "en": (
        "{name} in {place} signed up",
        "{name} signed up",
        "Someone in {place} signed up",
        "Someone signed up",
    ),
    "de": (
        "{name} aus {place} hat sich angemeldet",
        "{name} hat sich angemeldet",
        "Jemand aus {place} hat sich angemeldet",
        "Jemand hat sich angemeldet",
    ),
    "fr": (
        "{name} nous a rejoints depuis {place}",
        "{name} nous a rejoints",
        "Quelqu’un nous a rejoints depuis {place}",
        "Quelqu’un nous a rejoints",
    ),
    "es": (
        "{name}, de {place}, se registró",
        "{name} se registró",
        "Alguien de {place} se registró",
        "Alguien se registró",
    ),
    "it": (
        "{name} da {place} ha creato un account",
        "{name} ha creato un account",
        "Qualcuno da {place} ha creato un account",
        "Qualcuno ha creato un account",
    ),
    "pt": (
        "{name} ({place}) criou uma conta",
        "{name} criou uma conta",
        "Alguém criou uma conta ({place})",
        "Alguém criou uma conta",
    ),
    "nl": (
        "{name} uit {place} heeft zich aangemeld",
        "{name} heeft zich aangemeld",
        "Iemand uit {place} heeft zich aangemeld",
        "Iemand heeft zich aangemeld",
    ),
    "pl": (
        "{name} ({place}) – nowe konto",
        "{name} – nowe konto",
        "Ktoś założył konto ({place})",
        "Ktoś założył konto",
    ),
    "ja": (
        "{place}の{name}さんが会員登録しました",
        "{name}さんが会員登録しました",
        "{place}のお客様が会員登録しました",
        "お客様が会員登録しました",
    ),
    "ar": (
        "تسجيل جديد من {place}: {name}",
        "تسجيل جديد: {name}",
        "تسجيل جديد من {place}",
        "تسجيل جديد",
    ),
}
