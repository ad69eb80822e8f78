"""The two shops as they are before anybody touches them."""
