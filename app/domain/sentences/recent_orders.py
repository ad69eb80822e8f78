"""What is said of an order."""

from app.domain.languages import Sentences

# The most telling first. Each has to be right for every name, town and title that is put in:
# nothing is bent, no article or preposition depends on what follows, no gender is guessed. Many
# countries have an article, so they stand in brackets where a language has them.
SENTENCES: Sentences = {
    "en": (
        "{name} in {place} bought {product}",
        "{name} ({country}) bought {product}",
        "{name} bought {product}",
        "Someone in {place} bought {product}",
        "Someone ({country}) bought {product}",
        "Someone bought {product}",
    ),
    "de": (
        "{name} aus {place} hat {product} gekauft",
        "{name} ({country}) hat {product} gekauft",
        "{name} hat {product} gekauft",
        "Jemand aus {place} hat {product} gekauft",
        "Jemand ({country}) hat {product} gekauft",
        "Jemand hat {product} gekauft",
    ),
    # "à" would become "au" before Le Mans, "de" lose its vowel before Annecy.
    "fr": (
        "{name} a acheté {product} depuis {place}",
        "{name} ({country}) a acheté {product}",
        "{name} a acheté {product}",
        "Quelqu’un a acheté {product} depuis {place}",
        "Quelqu’un ({country}) a acheté {product}",
        "Quelqu’un a acheté {product}",
    ),
    "es": (
        "{name}, de {place}, compró {product}",
        "{name} ({country}) compró {product}",
        "{name} compró {product}",
        "Alguien de {place} compró {product}",
        "Alguien ({country}) compró {product}",
        "Alguien compró {product}",
    ),
    "it": (
        "{name} da {place} ha acquistato {product}",
        "{name} ({country}) ha acquistato {product}",
        "{name} ha acquistato {product}",
        "Qualcuno da {place} ha acquistato {product}",
        "Qualcuno ({country}) ha acquistato {product}",
        "Qualcuno ha acquistato {product}",
    ),
    # Some towns have an article that melts into the preposition (no Porto), some have none.
    "pt": (
        "{name} ({place}) comprou {product}",
        "{name} ({country}) comprou {product}",
        "{name} comprou {product}",
        "Alguém comprou {product} ({place})",
        "Alguém comprou {product} ({country})",
        "Alguém comprou {product}",
    ),
    "nl": (
        "{name} uit {place} heeft {product} gekocht",
        "{name} ({country}) heeft {product} gekocht",
        "{name} heeft {product} gekocht",
        "Iemand uit {place} heeft {product} gekocht",
        "Iemand ({country}) heeft {product} gekocht",
        "Iemand heeft {product} gekocht",
    ),
    # A verb in the past would tell the gender, a preposition would bend the town.
    "pl": (
        "{name} ({place}) – zakup: {product}",
        "{name} ({country}) – zakup: {product}",
        "{name} – zakup: {product}",
        "Ktoś kupił: {product} ({place})",
        "Ktoś kupił: {product} ({country})",
        "Ktoś kupił: {product}",
    ),
    "ja": (
        "{place}の{name}さんが「{product}」を購入しました",
        "{country}の{name}さんが「{product}」を購入しました",
        "{name}さんが「{product}」を購入しました",
        "{place}のお客様が「{product}」を購入しました",
        "{country}のお客様が「{product}」を購入しました",
        "お客様が「{product}」を購入しました",
    ),
    # The passive, where a verb would have to agree with whoever has that name.
    "ar": (
        "تم شراء {product} من قِبل {name} من {place}",
        "تم شراء {product} من قِبل {name} من {country}",
        "تم شراء {product} من قِبل {name}",
        "اشترى شخص من {place} {product}",
        "اشترى شخص من {country} {product}",
        "اشترى شخص ما {product}",
    ),
}
