"""What they buy and what becomes of it: the story of every person with every shop."""
