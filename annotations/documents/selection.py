"""Which assignments of a corpus are asked for: read from a page, the API and a command in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User

from annotations.models import Assignment
from annotations.models.assignment import SHOWN
from corpus.models import Corpus

# Orders assignments as they were added, those of one text beside each other; `stream.following` goes on from one of them.
ORDER = ("document__article__created", "document_id", "id")
LONGEST_NAME = 150  # of a user name, as Django has it
FLAGS = {"": False, "0": False, "1": True, False: False, True: True, None: False}


class BadSelection(ValueError):
    """A parameter that selects nothing that exists. `field`: its name."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True)
class Selection:
    """Without parameters: of each text the gold, else the assignments; submitted ones only.

    `gold`: the gold alone. `annotator`: the assignments of one user name. `status`: those with it, drafts too. `drafts`: with those
    that are open; what was skipped or has lapsed is exported by `status` alone.
    """

    annotator: str = ""
    gold: bool = False
    status: str = ""
    drafts: bool = False

    @classmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Selection:
        """Of an address, a form or a command. Raises BadSelection."""
        annotator, status = parameters.get("annotator") or "", parameters.get("status") or ""
        if len(annotator) > LONGEST_NAME or "\x00" in annotator:
            raise BadSelection("annotator", "is not a user name")
        if status and status not in dict(SHOWN):
            raise BadSelection("status", f"should be one of {', '.join(dict(SHOWN))}")
        return cls(annotator, flag(parameters, "gold"), status, flag(parameters, "drafts"))

    def parameters(self) -> dict[str, str]:
        """As they are written in an address; `parse` reads them."""
        values = {"annotator": self.annotator, "gold": "1" * self.gold, "status": self.status, "drafts": "1" * self.drafts}
        return {name: value for name, value in values.items() if value}

    @property
    def has_drafts(self) -> bool:
        return self.drafts or self.status not in ("", Assignment.Status.SUBMITTED)

    def rows(self, corpus: Corpus) -> Any:
        """Its assignments in a corpus, in the order of exports."""
        rows = Assignment.objects.without_rereadings().filter(document__corpus=corpus)
        if self.gold:
            rows = rows.gold()
        if self.annotator:
            rows = rows.filter(annotator__username=self.annotator)
        if self.status:
            rows = rows.filter(status=self.status)
        elif not self.drafts:
            rows = rows.without_drafts() if self.annotator or self.gold else rows.gold_else_submitted()
        else:
            rows = rows.live()
        return rows.order_by(*ORDER)

    def rows_for(self, user: User, corpus: Corpus) -> Any:
        """Of these what a person may see."""
        return self.rows(corpus).filter(pk__in=Assignment.objects.for_user(user).order_by().values("pk"))

    def drafts_left_out(self, corpus: Corpus, user: User | None = None) -> int:
        """How many drafts `drafts` would add where a file has nothing else; `user`: of those that a person may see."""
        if self.status or self.drafts:
            return 0
        wider = replace(self, drafts=True)
        return int((wider.rows_for(user, corpus) if user else wider.rows(corpus)).count())


def flag(parameters: Mapping[str, Any], name: str) -> bool:
    """Raises BadSelection."""
    value = parameters.get(name)
    if value not in FLAGS:
        raise BadSelection(name, "should be 0 or 1")
    return FLAGS[value]
