"""Rakuten RMS: its order download."""
