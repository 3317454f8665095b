"""What was found and taken out."""

from dataclasses import dataclass


@dataclass
class Tally:
    """Counts over the rows of a file.

    Attributes:
        removed: rows that are gone.
        blanked: rows that stay without some cells.
    """

    removed: int = 0
    blanked: int = 0

    @property
    def touched(self) -> bool:
        """Whether anything was found."""
        return bool(self.removed or self.blanked)
