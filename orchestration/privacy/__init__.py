"""What is held of a person, and how it goes; this room alone reaches all others."""
