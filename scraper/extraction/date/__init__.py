"""When it was published and changed: every claim kept, the most trusted one believed."""
