"""Who asked to be forgotten, and what of him is taken out of a file."""
