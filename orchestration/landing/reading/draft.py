"""Some rows of a file, told apart."""

from orchestration.landing.reading.parts import SIZE, WEIGHT, RefusedRow

CELL_WEIGHT = 50  # bytes that a cell costs beside its characters


class Draft:
    """Rows of a file from some row on; they become a part of it.

    Attributes:
        next: number of the row that comes next.
        numbers: of the rows that could be read.
        rows: their cells.
        refused: the rows that could not.
        blank: rows without any value.
        physical: all rows.
    """

    def __init__(self, start: int) -> None:
        self.next = start
        self.numbers: list[int] = []
        self.rows: list[list[str]] = []
        self.refused: list[RefusedRow] = []
        self.blank = 0
        self.physical = 0
        self._weight = 0

    def add(self, rows: list[list[str]], characters: int) -> None:
        """Take rows of equal width, with as many characters in all."""
        self.numbers.extend(range(self.next, self.next + len(rows)))
        self.rows.extend(rows)
        self._count(len(rows), characters + CELL_WEIGHT * len(rows) * len(rows[0]))

    def refuse(self, reason: str, text: str) -> None:
        """Take a row that could not be read."""
        self.refused.append(RefusedRow(self.next, reason, text))
        self._count(1, len(text))

    def skip(self) -> None:
        """Take a row without any value."""
        self.blank += 1
        self._count(1, 0)

    def is_heavy(self) -> bool:
        """Whether it is enough for the memory."""
        return self.physical >= SIZE or self._weight >= WEIGHT

    def _count(self, rows: int, weight: int) -> None:
        self.next += rows
        self.physical += rows
        self._weight += weight
