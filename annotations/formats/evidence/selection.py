"""Which lines a report has: all that its articles give, or those that somebody chose, in the order of the choice.

Pure. The option `lines` names them, parted by commas or spaces: by the id of the figure, event or claim, which several articles may
have where a file brought it along, or by a seal, with or without what the row said, which only one has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from annotations.derived.document_view import DocumentView
from annotations.formats.base import Losses
from annotations.formats.columns import views
from annotations.formats.evidence.evidence_lines import is_claim, is_figure, line_name, lines, lines_about, records
from annotations.formats.evidence.origins import basis_code
from annotations.formats.evidence.seals import PLACE
from annotations.native.annotated import Annotated
from annotations.native.view import Object
from annotations.statements.sentences import missing_of

Ranked = list[tuple[int, Object]]


class LineSelection:
    """`ranks`: the place of each line that is named; empty where nobody chose. `basis`: what all of them rest on; empty: whatever."""

    def __init__(self, options: Mapping[str, str]) -> None:
        names = options.get("lines", "").replace(",", " ").split()
        places = (match[0] if (match := PLACE.match(name)) else name for name in names)
        self.ranks = {name: rank for rank, name in enumerate(dict.fromkeys(places))}
        self.basis = options.get("basis", "")

    @property
    def is_whole(self) -> bool:
        return not self.ranks and not self.basis

    def assignments(self) -> set[str] | None:
        """The UUIDs of those that can have such lines; None: any can."""
        matches = [PLACE.fullmatch(name) for name in self.ranks]
        return {match["assignment"] for match in matches if match} if matches and all(matches) else None

    def of(self, view: DocumentView) -> Ranked:
        every = [record for record in lines(view) if self.basis in ("", basis_code(view, record))]
        if not self.ranks:
            return list(enumerate(every))
        ranks: dict[str, int] = {}
        for record in records(view):
            if (rank := self.rank(view, record)) is not None:
                for line in lines_about(view, record):
                    ranks[str(line["id"])] = min(rank, ranks.get(str(line["id"]), rank))
        # A line that lacks a participant is in the table of all lines, with what it lacks; nobody chooses it.
        chosen = (line for line in every if str(line["id"]) in ranks and not missing_of(view, line))
        return sorted(((ranks[str(line["id"])], line) for line in chosen), key=lambda entry: entry[0])

    def rank(self, view: DocumentView, record: Object) -> int | None:
        return self.ranks.get(str(record["id"]), self.ranks.get(line_name(view, record)))


def reported(
    documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]
) -> Iterator[tuple[DocumentView, list[Object]]]:
    """The articles of a report, each with its lines; those without one are left out.

    They come in the order of the corpus; where lines are chosen, which are few, in that of their first ones.
    """
    choice = LineSelection(options)
    chosen = (part for part in ranked(documents, choice, losses) if part[1])
    for view, some in sorted(chosen, key=lambda part: part[1][0][0]) if choice.ranks else chosen:
        yield view, [record for _, record in some]


def ranked(documents: Iterable[Annotated], choice: LineSelection, losses: Losses) -> Iterator[tuple[DocumentView, Ranked]]:
    """Every article with its lines and their places in the report."""
    for view in views(documents):
        chosen = choice.of(view)
        leave_out(view, [record for _, record in chosen], losses)
        yield view, chosen


def leave_out(view: DocumentView, chosen: list[Object], losses: Losses) -> None:
    """Counts the marks that no line quotes."""
    quoted = {str(record["id"]) for record in chosen if is_figure(record)}
    quoted |= {str(next(iter(record["triggers"]))) for record in chosen if not is_figure(record) and not is_claim(record)}
    for mention in view.spans():
        if str(mention["id"]) not in quoted:
            losses.lose("marks without a line of their own", f"{view.key} {mention['id']}")
