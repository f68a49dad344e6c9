"""What the checks of the scheme say of an assignment as it is now."""

from __future__ import annotations

from collections import Counter
from typing import Any

from annotations import rules
from annotations.derive import Claims, checks
from annotations.export import document, fresh_view
from annotations.models import Assignment
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
    return rules.run_checks(context_of(assignment))


def checked(assignment: Assignment) -> dict[str, Any]:
    """{revision, findings, checks, counts}: what is wrong or doubtful, what was reckoned, how many of each.

    A warning of the reckoning stands among the findings too, so that it is counted there alone.
    """
    context = context_of(assignment)
    found = rules.run_checks(context)
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
