"""Edits: the feed of changes, and the comparison of an article's revisions."""
