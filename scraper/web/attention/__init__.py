"""Attention over time: how much was published on what, and when nobody was there to collect it."""
