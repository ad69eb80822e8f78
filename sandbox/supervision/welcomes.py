"""What a newcomer reads once everything runs."""

from pathlib import Path
from urllib.parse import urlsplit

from sandbox.supervision.addresses import ALBA, BOREALIS, Addresses


def welcome(found: Addresses, seconds: float, logs: Path, urls: Path) -> str:
    """Three addresses and what to try with them."""
    borealis_port = urlsplit(found["storefronts"][BOREALIS]).port
    return f"""
Earshot is up, {seconds:.1f} s after its start.

  Admin        {found["admin_url"]}
  Storefront   {found["storefronts"][ALBA]}
  Control      {found["control_url"]}

Try this: put the storefront and the control page side by side and place an order for Alba
Ceramics. A card slides in on the storefront, and the admin lists it while you look. Borealis, the
other shop, is at port {borealis_port}: it hears nothing of Alba's orders. Then cancel the order.

The demo is in a hurry: a real shop waits 6 s before the first card of a page, shows at most 3 on
it, and shows none for 7 days to whoever dismissed one.

  Logs         {logs}/
  For scripts  {urls}
  Stop         Ctrl-C
"""
