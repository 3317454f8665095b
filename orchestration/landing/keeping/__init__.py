"""Bytes leave the inbox and are kept as they came, or without what must not be kept."""
