"""What the checks of the scheme say of an assignment as it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from annotations import rules
from annotations.derive import Claims, checks
from annotations.export import document, fresh_view
from annotations.models import Assignment
from annotations.queries.same_names import same_names_of
from annotations.rules.finding import finding
from corpus.models.document import text_of

WARNED = "warning"


def context_of(assignment: Assignment) -> rules.NativeContext:
    native = document(assignment, derived=False)
    for entity in native["entities"]:
        # A reader knows an entity by its name; the key of a file says nothing on a page.
        entity["key"] = ""
    return rules.NativeContext(native, text_of(assignment.document_id), fresh_view(assignment.scheme))


def findings(assignment: Assignment) -> list[rules.Finding]:
    """Every rule that is broken, errors and warnings, object by object and then of the whole."""
    return found_in(context_of(assignment), assignment)


def found_in(context: rules.NativeContext, assignment: Assignment) -> list[rules.Finding]:
    """What the rules find in the marks, and which of their entities the corpus has twice."""
    return rules.run_checks(context) + list(twice(context, assignment))


def twice(context: rules.NativeContext, assignment: Assignment) -> Iterator[rules.Finding]:
    """ACT-04: another entity of the corpus has the name and type of one that a mark means."""
    if "ACT-04" not in context.scheme.constraints:
        return
    marks = {(item.get("attributes") or {}).get("entity"): item["id"] for item in reversed(list(context.spans()))}
    for pk, others in same_names_of(assignment.document.article.corpus, [each for each in marks if each]).items():
        name = (context.entity(str(pk)) or {}).get("name")
        names = ", ".join(f"“{other}”" for _, other in others)
        detail = f"{name!r} has the name of another entity of the corpus, {names}: merge the two, or tell them apart by name"
        yield finding(context, "ACT-04", detail, marks[str(pk)], str(pk), at="entity")


def checked(assignment: Assignment) -> dict[str, Any]:
    """{revision, findings, checks, counts}: what is wrong or doubtful, what was reckoned, how many of each.

    A warning of the reckoning stands among the findings too, so that it is counted there alone.
    """
    context = context_of(assignment)
    found = found_in(context, assignment)
    reckoned = list(checks.checks(context, Claims(context)))
    levels = Counter(finding.level for finding in found)
    return {
        "revision": assignment.revision,
        "findings": [finding.as_dict() for finding in found],
        "checks": reckoned,
        "counts": {
            "error": levels["error"],
            "warning": levels["warning"],
            "derived": sum(check["result"] != WARNED for check in reckoned),
        },
    }
