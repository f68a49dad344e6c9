"""Is everything in the database still what was written? Asked at any time, and after every drill.

Marks are compared, as the export writes them, with the last change of the log; rows of evidence with the evidence log; both logs
with their hashes, and those with the seals. What constraints make impossible is asked too: a damaged disk, a restored
half or a hand at the SQL prompt does not ask them. All of it out of one snapshot, while people go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction

from annotations.queries.integrity import chains, lists, marks, rows, soundness
from annotations.queries.integrity.fault import Fault
from corpus.models import Corpus

Tell = Callable[[str], None]
Part = Callable[[Corpus | None], Iterator[Fault]]
PARTS: dict[str, Part] = {
    "seals": chains.seals,
    "chains of the evidence log": chains.links,
    "the change log": chains.batches,
    "rows of evidence": rows.faults,
    "texts, segments and references": soundness.faults,
    "marks": marks.owned,
    "entities": marks.shared,
    "sanctions lists": lists.faults,
}
# As long as it takes, with a plan that is carried out at once and memory for what is sorted.
PATIENT = """SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true),
    set_config('jit', 'off', true), set_config('work_mem', '64MB', true), set_config('TimeZone', 'UTC', true)"""


@contextmanager
def snapshot() -> Iterator[None]:
    """One snapshot of the database for all that is asked inside. Inside somebody else's transaction, that is the one."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(PATIENT)
        yield


def faults(
    corpus: Corpus | None = None, tell: Tell = lambda part: None, further: Mapping[str, Part] | None = None
) -> Iterator[Fault]:
    """Everything that does not hold, in one corpus or in all. `tell` hears what is looked at next. `further`: parts of apps above."""
    with snapshot():
        for name, part in {**PARTS, **(further or {})}.items():
            tell(name)
            yield from part(corpus)
