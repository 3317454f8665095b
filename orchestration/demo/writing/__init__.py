"""What a night brings: which files, into which inbox, and the truth beside them."""
