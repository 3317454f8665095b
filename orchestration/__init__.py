"""Joren's orchestration: opens and closes what may come in, in what order, what may go out."""
