"""Bytes of one listing in, Candidates out; pure."""
