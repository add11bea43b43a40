"""The page about what needs a person, and what it adds to the page of an outlet."""
