"""Rows of a CSV file that is written anew, printed so that its feed reads them as they were."""

import csv
import io
import re
from collections.abc import Sequence

from orchestration.landing.reading.batches import Dialect
from orchestration.landing.reading.tokenise import escapes

UNREADABLE = "?"  # keeps the place of a row, or of a value, that nobody can read


class Lines:
    """Prints cells as a dialect has them: every value quoted, or none."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        # fputcsv does not double a quote that follows a byte 0x5C.
        self._lone = re.compile(f'(?<![{re.escape(escapes(dialect.encoding))}])"')

    def of(self, cells: Sequence[str]) -> str:
        """One line."""
        delimiter = self._dialect.delimiter
        if self._dialect.quoting == "none":
            return delimiter.join(cells) + "\n"
        if self._dialect.quoting == "fputcsv":
            return delimiter.join(f'"{self._lone.sub(chr(34) * 2, cell)}"' for cell in cells) + "\n"
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
        return out.getvalue()
