"""How long was counted, as part of a sentence, by the words of a `select`."""

from collections.abc import Mapping

WINDOWS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "24h": "in the last 24 hours",
        "7d": "in the last 7 days",
        "30d": "in the last 30 days",
    },
    "de": {
        "24h": "in den letzten 24 Stunden",
        "7d": "in den letzten 7 Tagen",
        "30d": "in den letzten 30 Tagen",
    },
    "fr": {
        "24h": "ces dernières 24 heures",
        "7d": "ces 7 derniers jours",
        "30d": "ces 30 derniers jours",
    },
    "es": {
        "24h": "en las últimas 24 horas",
        "7d": "en los últimos 7 días",
        "30d": "en los últimos 30 días",
    },
    "it": {
        "24h": "nelle ultime 24 ore",
        "7d": "negli ultimi 7 giorni",
        "30d": "negli ultimi 30 giorni",
    },
    "pt": {
        "24h": "nas últimas 24 horas",
        "7d": "nos últimos 7 dias",
        "30d": "nos últimos 30 dias",
    },
    "nl": {
        "24h": "in de afgelopen 24 uur",
        "7d": "in de afgelopen 7 dagen",
        "30d": "in de afgelopen 30 dagen",
    },
    "pl": {
        "24h": "w ciągu ostatnich 24 godzin",
        "7d": "w ciągu ostatnich 7 dni",
        "30d": "w ciągu ostatnich 30 dni",
    },
    "ja": {"24h": "過去24時間", "7d": "過去7日間", "30d": "過去30日間"},
    "ar": {"24h": "خلال آخر 24 ساعة", "7d": "خلال آخر 7 أيام", "30d": "خلال آخر 30 يومًا"},
}
