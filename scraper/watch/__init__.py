"""What should come of each outlet, what came, and what is wrong; who is told of it."""
