"""Starts processes, keeps them alive, and sees to it that none is left behind."""
