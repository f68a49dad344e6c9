"""Rows of many batches go as the INSERTs of one."""

from corpus.db.row_writer import Gathered, Statements
from corpus.models import Outlet


def test_rows_of_one_table_and_lists_of_one_statement_go_together_in_the_order_in_which_they_began():
    several, whole = Gathered(), Statements()
    rows = [{"corpus_id": 1, "name": name} for name in ("A", "B", "C")]
    for row in rows[:2]:
        several.add(Outlet, [row])
        several.do("DELETE FROM there WHERE id = ANY($1)", [[row["name"]]])
    several.add(Outlet, [rows[2]], over=True)
    whole.add(Outlet, rows[:2])
    whole.do("DELETE FROM there WHERE id = ANY($1)", [["A", "B"]])
    whole.add(Outlet, [rows[2]], over=True)
    assert several.statements() == whole.pending
    assert len(whole.pending) == 3
    assert Gathered().statements() == []
