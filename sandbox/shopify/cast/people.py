"""Buyers from many places, so that names and towns are never only Latin and short."""

from sandbox.shopify.cast.goods import OPENED
from sandbox.shopify.state.customers import Address, Customer
from sandbox.shopify.state.numbers import stable_id

# first name, last name, locale, street, zip, city, province, its code, country, its code
_PEOPLE: tuple[tuple[str, str, str, str, str, str, str | None, str | None, str, str], ...] = (
    (
        "Camille",
        "Durand",
        "fr",
        "8 quai Saint-Antoine",
        "69002",
        "Lyon",
        None,
        None,
        "France",
        "FR",
    ),
    ("Ingrid", "Sørlie", "nb", "Bakklandet 21", "7013", "Trondheim", None, None, "Norway", "NO"),
    ("Jürgen", "Weiß", "de", "Lange Reihe 44", "20099", "Hamburg", None, None, "Germany", "DE"),
    (
        "美咲",
        "山本",
        "ja",
        "寺町通三条上る 12",
        "604-8081",
        "京都市",
        "京都府",
        "JP-26",
        "Japan",
        "JP",
    ),
    ("ليلى", "حداد", "ar", "شارع الحبيب بورقيبة 5", "1001", "تونس", None, None, "Tunisia", "TN"),
    (
        "Wilhelmina-Alexandrina",
        "van der Westerhuizen-Featherstonehaugh",
        "en",
        "2 Ffordd yr Orsaf",
        "LL61 5UJ",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "Wales",
        "WLS",
        "United Kingdom",
        "GB",
    ),
    (
        "Zoé 🌿",
        "Lefèvre",
        "fr",
        "3 rue du Port",
        "17000",
        "La Rochelle",
        None,
        None,
        "France",
        "FR",
    ),
    ("Aksel", "Nilsen", "nb", "Skippergata 7", "9008", "Tromsø", None, None, "Norway", "NO"),
    (
        "Seán",
        "O'Connor",
        "en",
        "19 Quay Street",
        "H91 X2",
        "Galway",
        "Galway",
        "G",
        "Ireland",
        "IE",
    ),
    ("Łucja", "Wójcik", "pl", "ul. Piękna 11", "00-549", "Warszawa", None, None, "Poland", "PL"),
    (
        "Inês",
        "Gonçalves",
        "pt",
        "Rua das Flores 30",
        "4050-262",
        "Porto",
        None,
        None,
        "Portugal",
        "PT",
    ),
    (
        "Maya",
        "Okafor",
        "en",
        "410 W Elm St",
        "97205",
        "Portland",
        "Oregon",
        "OR",
        "United States",
        "US",
    ),
)


def customers(shop: str) -> list[Customer]:
    return [_customer(shop, *person) for person in _PEOPLE]


def _customer(
    shop: str,
    first_name: str,
    last_name: str,
    locale: str,
    street: str,
    zip_code: str,
    city: str,
    province: str | None,
    province_code: str | None,
    country: str,
    country_code: str,
) -> Customer:
    key = f"{first_name} {last_name}"
    number = stable_id(shop, "customer", key)
    return Customer(
        id=number,
        first_name=first_name,
        last_name=last_name,
        email=f"buyer-{number % 100_000:05}@example.com",
        locale=locale,
        address=Address(
            id=stable_id(shop, "address", key),
            address1=street,
            zip=zip_code,
            city=city,
            province=province,
            province_code=province_code,
            country=country,
            country_code=country_code,
            phone=f"+1555{number % 10_000_000:07}",
        ),
        created_at=OPENED,
        updated_at=OPENED,
    )
