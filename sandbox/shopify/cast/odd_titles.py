"""Titles that pages and cards must bear: long, unbroken, right to left, emoji, markup."""

ODD_TITLES = (
    ("A mug for people who like to read the whole description before they buy anything, " * 7)[
        :500
    ],
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtentasse" * 2,
    "إبريق شاي من الفخار، مصنوع يدويًا في ورشة صغيرة",
    "כוס קפה (Alba mug) בעבודת יד, 250 מ״ל",
    "Family mug 👨‍👩‍👧‍👦 for the whole 🫖 house ✨🏳️‍🌈 👩🏽‍🎨",
    "<b>Bold</b> & \"quoted\" <script>alert('mug')</script> {{ title }}",
    "手作りの湯呑み茶碗、釉薬は雪のような白",
    "Ca\u0308fe\u0301 cup with combining accents \u0041\u030a",
)
