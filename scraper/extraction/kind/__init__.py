"""What a page is, what it is instead of an article, and whether it shows all."""
