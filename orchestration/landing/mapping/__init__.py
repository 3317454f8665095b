"""What a feed's YAML says, and what of it is wrong."""
