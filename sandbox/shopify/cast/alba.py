"""Alba Ceramics: an ordinary shop in Lyon."""

from sandbox.shopify.cast.goods import Goods, locations
from sandbox.shopify.state.numbers import stable_id
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.state.staff import Staff

DOMAIN = "alba-ceramics.myshopify.com"


def shop() -> Shop:
    return Shop(
        id=stable_id(DOMAIN, "shop"),
        domain=DOMAIN,
        name="Alba Ceramics",
        email="hello@alba-ceramics.example",
        currency="EUR",
        money_format="€{{amount}}",
        locale="en",
        timezone="Europe/Paris",
        address="14 rue des Tables Claudiennes",
        zip="69001",
        city="Lyon",
        country="France",
        country_code="FR",
        locations=locations(DOMAIN, "Atelier, Croix-Rousse", "Market stall, Saint-Antoine"),
        theme_id=stable_id(DOMAIN, "theme"),
        staff=[
            Staff(
                stable_id(DOMAIN, "staff", "ana"),
                "Ana",
                "Moreau",
                "ana@alba-ceramics.example",
                True,
            ),
            Staff(stable_id(DOMAIN, "staff", "ben"), "Ben", "Castel", "ben@alba-ceramics.example"),
        ],
        tagline="Tableware thrown by hand, fired once, used every day.",
        plan="Basic",
    )


GOODS = (
    Goods(
        "alba-mug",
        "Alba mug",
        "Mugs",
        "Our first shape and still the one we reach for. Thin at the lip, heavy at the foot, "
        "with a handle that fits two fingers and a thumb.",
        (("Chalk", "32.00"), ("Terracotta", "32.00"), ("Sage", "34.00")),
        ("Morning", "Bestsellers"),
        ("stoneware", "dishwasher safe"),
        option="Glaze",
        stock=40,
    ),
    Goods(
        "dawn-bowl",
        "Dawn breakfast bowl",
        "Bowls",
        "A deep bowl for porridge, soup or too much fruit. The glaze breaks from cream to rose "
        "where it runs thin.",
        (("Small", "24.00"), ("Large", "31.00")),
        ("Morning",),
        ("stoneware",),
        option="Size",
    ),
    Goods(
        "ripple-vase",
        "Ripple vase",
        "Vases",
        "Thrown in one piece and combed while the clay is soft. No two have the same rings.",
        (("Default Title", "64.00"),),
        ("Living room",),
        ("one of a kind",),
        stock=6,
    ),
    Goods(
        "tide-plate",
        "Tide dinner plate",
        "Plates",
        "A generous plate with a low rim, brushed with two blues.",
        (("24 cm", "29.00"), ("28 cm", "36.00")),
        ("Dinner", "Bestsellers"),
        ("stoneware", "dishwasher safe"),
        option="Diameter",
        stock=60,
    ),
    Goods(
        "pebble-teapot",
        "Pebble teapot",
        "Teapots",
        "Round as a river stone. Holds four cups, pours without a drip, sieve built in.",
        (("Default Title", "89.00"),),
        ("Morning",),
        ("stoneware",),
        stock=9,
        compare_at="98.00",
    ),
    Goods(
        "olive-jug",
        "Olive oil jug",
        "Jugs",
        "A small jug with a narrow spout, glazed inside and out, kept beside the stove.",
        (("Default Title", "42.00"),),
        ("Dinner",),
        ("kitchen",),
        stock=18,
    ),
    Goods(
        "moon-planter",
        "Moon planter",
        "Planters",
        "Half matt, half shine, with a saucer that catches every drop.",
        (("12 cm", "38.00"), ("18 cm", "52.00")),
        ("Living room",),
        ("plants",),
        option="Diameter",
    ),
    Goods(
        "ember-candle-bowl",
        "Ember candle bowl",
        "Candles",
        "Beeswax in a bowl you keep: when the candle is gone, it takes salt or rings.",
        (("Fig", "27.00"), ("Cedar", "27.00")),
        ("Living room",),
        ("gift",),
        option="Scent",
        stock=30,
    ),
)
