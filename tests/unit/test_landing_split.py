"""What Arrow splits is what was joined, whatever stands in the cells."""

from hypothesis import given
from hypothesis import strategies as st

from orchestration.landing.reading.split import split

CELLS = st.text(st.sampled_from('ab",\\ \t表é\n\r\ufeff\u2028'), max_size=5)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.tuples(
            st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5),
            st.lists(st.integers(0, width - 1), min_size=1, unique=True),
        )
    )
)
def test_every_wanted_cell_comes_back_in_its_column(drawn: tuple[list[list[str]], list[int]]) -> None:
    rows, wanted = drawn
    columns = split(rows, wanted)
    assert {at: column.to_pylist() for at, column in columns.items()} == {
        at: [row[at] for row in rows] for at in wanted
    }
