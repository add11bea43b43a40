"""The pages about outlets: a list with a map of the world, and one page for each."""
