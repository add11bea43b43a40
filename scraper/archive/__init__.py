"""Records in, rows out; the only room that changes archive.db."""
