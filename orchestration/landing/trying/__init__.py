"""`try FILE`: which feed a file is of, and a mapping to start from for an unknown one."""
