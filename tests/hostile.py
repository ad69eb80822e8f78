"""Names that look like a shop's, and are not: whatever asks for one meets all of them."""

from tests.cast import ALBA

NO_SHOPS = (
    "",
    ".myshopify.com",
    "-alba.myshopify.com",
    "alba_ceramics.myshopify.com",
    "a.b.myshopify.com",
    "ALBA-CERAMICS.myshopify.com",
    "alba-ceramics.MYSHOPIFY.COM",
    f"{ALBA}\n",
    f"\n{ALBA}",
    f"{ALBA} ",
    f"{ALBA}.",
    f"{ALBA}/",
    f"{ALBA}:443",
    f"{ALBA}#",
    f"{ALBA}?",
    f"{ALBA}\0",
    f"{ALBA}%0a",
    f"x@{ALBA}",
    f"https://{ALBA}",
    f"{ALBA},borealis.myshopify.com",
    f"{ALBA}; script-src *",
    "evil.myshopify.com.attacker.io",
    "attacker.io/evil.myshopify.com",
    "attacker.io#.myshopify.com",
    "evilmyshopify.com",
    "alba-ceramics.myshopify.io",
    "alba-ceramics.shopify.com",
    "alba-ceramics.myshop\u0131fy.com",  # a dotless i
    "\u0430lba-ceramics.myshopify.com",  # a Cyrillic a
    "xn--80akhbyknj4f.myshopify.com.attacker.io",
    "a" * 61 + ".myshopify.com",
    "../" + ALBA,
)
