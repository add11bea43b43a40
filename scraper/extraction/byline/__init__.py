"""Who wrote it: credits as printed and as stated, split into bare names with their roles."""
