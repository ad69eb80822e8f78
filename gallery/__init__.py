"""Pictures of every page and state, for people who judge how Earshot looks."""
