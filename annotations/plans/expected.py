"""What a plan will take and bring, as it looks from the work of the corpus so far: hours, the interval of agreement, and who has how much."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Sum

from annotations.agreement.expected import expected_half_width
from annotations.models import Assignment, Plan
from annotations.plans.draw import PlanPreview
from annotations.scoring.report import AgreementReport
from corpus.models import Membership

LEAST_READINGS = 5  # submitted in the last 30 days; of fewer no pace is told
SECONDS = 3600
# Active time as in tallies: from a change to the next in the same reading, five minutes at the most. Of the newest 500 readings.
PACE = """WITH recent AS (SELECT a.id, a.annotator_id, d.length FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
    WHERE d.corpus_id = %s AND a.role = 'annotation' AND a.status = 'submitted' AND a.submitted >= now() - interval '30 days'
    ORDER BY a.submitted DESC LIMIT 500
), spent AS (SELECT least(extract(epoch FROM coalesce(lead(c.at) OVER w, c.at) - c.at), 300) AS seconds, c.assignment_id
    FROM recent r JOIN annotations_change c ON c.assignment_id = r.id AND c.user_id = r.annotator_id WHERE c.op <> 'import'
    WINDOW w AS (PARTITION BY c.assignment_id ORDER BY c.revision, c.position))
SELECT count(*), coalesce(sum(length), 0), (SELECT coalesce(sum(seconds), 0) FROM spent) FROM recent
WHERE id IN (SELECT assignment_id FROM spent)"""


class PersonLoad(NamedTuple):
    """`present`: characters of their readings in progress; `added`: of what they would take of the plan, by weight."""

    user: str
    present: int
    added: int


class PlanOutlook(NamedTuple):
    """`hours` of annotation, None: too few readings in the last 30 days; `half_width` of the 95 % interval of exact F1 of what is read more
    than once, None: too few articles to tell."""

    hours: float | None
    half_width: float | None
    loads: list[PersonLoad]


def outlook(plan: Plan, preview: PlanPreview, user: User) -> PlanOutlook:
    speed = pace(plan.corpus_id)
    hours = preview.characters / speed if speed else None
    return PlanOutlook(hours, half_width(plan, preview, user), loads(plan, preview))


def pace(corpus: int) -> float | None:
    """Characters an hour, as they were annotated in the last 30 days."""
    with connection.cursor() as cursor:
        cursor.execute(PACE, [corpus])
        readings, characters, seconds = cursor.fetchone()
    return float(characters) * SECONDS / float(seconds) if readings >= LEAST_READINGS and seconds else None


def half_width(plan: Plan, preview: PlanPreview, user: User) -> float | None:
    if plan.readings < 2 or not preview.repeated:
        return None
    sums: dict[UUID, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in AgreementReport(plan.corpus, user).worked_out.scores:
        sums[row.article][0] += row.exact * row.marks
        sums[row.article][1] += row.marks
    return expected_half_width([(both, marks) for both, marks in sums.values()], preview.repeated)


def loads(plan: Plan, preview: PlanPreview) -> list[PersonLoad]:
    """Of those who may take its articles; who has no weight takes as much as one with the weight 1."""
    named = {person.user_id: person.weight or 1 for person in plan.people.all()}
    members = Membership.objects.filter(corpus=plan.corpus_id, paused=False, role__in=Membership.Role.from_rank("annotator"))
    members = members.filter(user__in=named) if named else members.filter(role=Membership.Role.ANNOTATOR)
    people = dict(members.order_by("user__username").values_list("user", "user__username"))
    begun = Assignment.objects.filter(annotator__in=people, document__corpus=plan.corpus_id, status=Assignment.Status.OPEN)
    present = dict(begun.order_by().values("annotator").annotate(total=Sum("document__length")).values_list("annotator", "total"))
    weights = {pk: named.get(pk, 1) for pk in people}
    whole = sum(weights.values())
    return [PersonLoad(name, present.get(pk, 0), round(preview.characters * weights[pk] / whole)) for pk, name in people.items()]
