"""The shops' public pages, with the app embed of the theme app extension."""
