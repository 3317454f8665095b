"""Amazon: its order report."""
