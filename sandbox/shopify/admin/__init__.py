"""The admin that frames the app, and App Bridge."""
