"""The office: our own plain formats."""
