"""Things that would overlap come into rows."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.plots.stacking import RowSpan, stack

REACHES = st.lists(
    st.builds(
        lambda left, size, rows: RowSpan(left, left + size, rows), st.integers(0, 200), st.integers(0, 40), st.integers(1, 2)
    )
)


def test_the_first_free_row_is_taken():
    assert stack([RowSpan(0, 10), RowSpan(5, 20), RowSpan(14, 30)], 3) == [0, 1, 0]
    assert stack([RowSpan(0, 10), RowSpan(12, 20)], 3) == [0, 1], "a gap of three pixels is kept"
    assert stack([RowSpan(0, 10), RowSpan(0, 10), RowSpan(0, 10)], 2) is None
    assert stack([RowSpan(0, 50), RowSpan(0, 10, 2), RowSpan(20, 30)], 3) == [0, 1, 1]
    assert stack([], 2) == []


@given(REACHES)
def test_nothing_overlaps(reaches):
    reaches.sort()
    rows = stack(reaches, 8)
    for number, (one, row) in enumerate(zip(reaches, rows or [], strict=False)):
        for other, other_row in list(zip(reaches, rows or [], strict=False))[:number]:
            shares_a_row = row < other_row + other.rows and other_row < row + one.rows
            assert not (shares_a_row and one.left < other.right + 3)
