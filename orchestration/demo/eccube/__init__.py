"""EC-CUBE 4's files."""
