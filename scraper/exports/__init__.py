"""Results taken away: rows in, bytes of a file format out; pure, and imports nothing of ours."""
