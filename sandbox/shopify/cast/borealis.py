"""Borealis: another tenant, in Tromsø, who must never see Alba's things."""

from sandbox.shopify.cast.goods import Goods, locations
from sandbox.shopify.state.numbers import stable_id
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.staff import Staff

DOMAIN = "borealis.myshopify.com"


def shop() -> Shop:
    return Shop(
        id=stable_id(DOMAIN, "shop"),
        domain=DOMAIN,
        name="Borealis",
        email="hei@borealis.example",
        currency="NOK",
        money_format="{{amount_no_decimals}} kr",
        locale="en",
        timezone="Europe/Oslo",
        address="Storgata 92",
        zip="9008",
        city="Tromsø",
        country="Norway",
        country_code="NO",
        locations=locations(DOMAIN, "Storgata", "Boathouse"),
        theme_id=stable_id(DOMAIN, "theme"),
        staff=[
            Staff(
                stable_id(DOMAIN, "staff", "sindre"),
                "Sindre",
                "Aune",
                "sindre@borealis.example",
                True,
            ),
            Staff(stable_id(DOMAIN, "staff", "maja"), "Maja", "Lund", "maja@borealis.example"),
        ],
        tagline="Warm things for the dark half of the year.",
        plan="Development",
    )


GOODS = (
    Goods(
        "fjord-blanket",
        "Fjord wool blanket",
        "Textiles",
        "Lambswool from Lofoten, woven in Røros. Heavy enough to stay put, soft enough to sleep "
        "under.",
        (("Deep sea", "1490.00"), ("Lichen", "1490.00")),
        ("Home", "Bestsellers"),
        ("wool", "made in Norway"),
        option="Colour",
        stock=22,
    ),
    Goods(
        "storm-lantern",
        "Storm lantern",
        "Light",
        "Blown glass and powder-coated steel. Burns eleven hours on one filling, whatever the "
        "wind says.",
        (("Default Title", "690.00"),),
        ("Home",),
        ("light",),
        stock=14,
    ),
    Goods(
        "skarv-jumper",
        "Skarv jumper",
        "Knitwear",
        "A fisherman's rib with a yoke of small waves. Knitted to be handed down.",
        (("S", "1890.00"), ("M", "1890.00"), ("L", "1890.00"), ("XL", "1990.00")),
        ("Wear", "Bestsellers"),
        ("wool",),
        option="Size",
        stock=26,
    ),
    Goods(
        "rein-mittens",
        "Rein mittens",
        "Knitwear",
        "Double-knit mittens with a long cuff. The pattern is from a pair found in an attic in "
        "Karasjok.",
        (("One size", "449.00"),),
        ("Wear",),
        ("wool", "gift"),
        option="Size",
        stock=50,
    ),
    Goods(
        "birch-kuksa",
        "Birch kuksa",
        "Kitchen",
        "A cup carved from one burl of birch. It gets better with every coffee.",
        (("Default Title", "380.00"),),
        ("Outdoors",),
        ("wood", "gift"),
        stock=12,
    ),
    Goods(
        "polar-thermos",
        "Polar thermos",
        "Kitchen",
        "Steel, a cork-lined lid and nothing that can break. Hot for a day.",
        (("0.5 l", "420.00"), ("1 l", "520.00")),
        ("Outdoors",),
        ("steel",),
        option="Volume",
        stock=34,
        compare_at="590.00",
    ),
    Goods(
        "nordlys-print",
        "Nordlys print",
        "Paper",
        "Four colours by hand on cotton paper: the sky over Kvaløya, the second week of November.",
        (("Small", "650.00"), ("Large", "990.00")),
        ("Home",),
        ("art",),
        option="Size",
        stock=16,
    ),
)
