"""What dbt is told of the feeds and of every file."""
