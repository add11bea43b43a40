"""One Capture in, one Article out; pure and picklable."""
