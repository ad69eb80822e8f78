"""How many events a second the rules of a shop are asked about, on one core."""
