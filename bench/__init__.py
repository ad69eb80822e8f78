"""Benchmarks: each states its peer, measures both in one run, and fails above its limit."""
