"""The body: what is no text taken out, what was lost put back, paragraphs in order."""
