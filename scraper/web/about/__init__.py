"""The pages that say what this archive is: the front page and /-/about."""
