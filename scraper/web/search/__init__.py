"""The page to search: its views, cards and facets."""
