"""Work that is due: one step at a time, each worked off by whoever takes it."""
