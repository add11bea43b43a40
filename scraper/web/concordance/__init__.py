"""The concordance: every line in which a word stands, aligned on it."""
