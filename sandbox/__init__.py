"""A whole Earshot on one laptop: servers, the app's processes and a stand-in for Shopify."""

from pathlib import Path

# Where `python -m app.cli` and `python -m sandbox.…` find their packages.
PROJECT = Path(__file__).parents[1]
