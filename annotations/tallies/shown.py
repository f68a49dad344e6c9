"""Figures about persons, as somebody may see them: one's own, or as manager everybody's where the corpus shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Sum
from django.utils import timezone

from annotations.models import Tally, TallyReach, TeamSettings
from annotations.tallies.labels import LabelLine, label_lines
from corpus.models import Corpus, Membership

WEEKS = 26  # that are shown
NOTABLE = 2.0  # standard deviations from which on a label is on the page; the file has all


@dataclass(frozen=True)
class EffortLine:
    """What a reader made, changed and removed in the week that begins on this Monday; `hours` between changes."""

    user: int
    name: str
    week: date
    made: int
    changed: int
    removed: int
    hours: float


@dataclass(frozen=True)
class PersonFigures:
    corpus: Corpus
    user: User

    @cached_property
    def shows_all(self) -> bool:
        return self.corpus.allows(self.user, Membership.Role.MANAGER) and TeamSettings.of(self.corpus).show_people

    @cached_property
    def counted(self) -> bool:
        """Whether the worker has counted anything yet."""
        return TallyReach.objects.exists()

    @cached_property
    def efforts(self) -> list[EffortLine]:
        """By name, the newest week first."""
        since = timezone.now().date() - timedelta(weeks=WEEKS)
        rows = Tally.objects.for_user(self.user).filter(corpus=self.corpus, label="", week__gte=since)
        rows = rows.order_by("user__username", "-week")
        return [
            EffortLine(user, name, week, made, changed, removed, round(seconds / 3600, 1))
            for user, name, week, made, changed, removed, seconds in rows.values_list(
                "user", "user__username", "week", "made", "changed", "removed", "seconds"
            )
        ]

    @cached_property
    def labels(self) -> list[LabelLine]:
        """Each label of each reader that may be shown, against all readers of the corpus."""
        rows = Tally.objects.filter(corpus=self.corpus).exclude(label="").order_by().values("user", "label")
        marks = {(row["user"], row["label"]): row["n"] for row in rows.annotate(n=Sum("made"))}
        shown = {user for user, _ in marks if self.shows_all or user == self.user.pk}
        names = dict(get_user_model().objects.filter(pk__in=shown).values_list("pk", "username"))
        return list(label_lines(marks, names, shown))

    @cached_property
    def notable(self) -> list[LabelLine]:
        return [line for line in self.labels if line.residual is not None and abs(line.residual) >= NOTABLE]
