"""Joren's mail jobs: whom we write to today, once."""
