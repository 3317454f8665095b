"""What Dagster sees: signatures and three lines of work each."""
