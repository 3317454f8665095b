"""Shopify: its admin's exports."""
