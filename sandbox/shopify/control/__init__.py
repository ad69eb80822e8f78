"""`/_control`: buttons for people, JSON for programs."""
