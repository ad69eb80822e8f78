"""What Earshot says by itself: one module per kind, in the language of `domain.templates`."""
