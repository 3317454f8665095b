"""Bytes become rows in columns of text; what cannot be read is told with its reason."""
