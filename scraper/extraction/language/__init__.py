"""Which language a text is in, by letters, small words and a model."""
