"""Progress of a corpus: readings by state and age, by week and by person."""

from __future__ import annotations

import codecs
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations.queries.chosen_articles import Choices, choices_of, chosen_by
from annotations.queries.work import PersonLine, StateLine, WeekLine, Work
from annotations.scoring.report import letters
from annotations.tallies.labels import LabelLine
from annotations.tallies.shown import EffortLine, PersonFigures
from corpus.accounts.signed_in import SignedIn
from corpus.models import Corpus, Membership
from corpus.plots.bars import CountBar, bars
from corpus.plots.curves import DayCurve, Outlook, curves
from corpus.plots.elements import SvgElement, markup
from corpus.text.cells import csv_lines

AGES = "Days since the oldest is in its state"
TABLES: dict[str, type[Any]] = {"states": StateLine, "weeks": WeekLine, "people": PersonLine}
PERIODS = {str(weeks): f"Last {weeks} weeks" for weeks in (4, 13, 26, 52)}
OF_PERSONS: dict[str, type[Any]] = {"efforts": EffortLine, "labels": LabelLine}


@require_safe
def progress(request: SignedIn, slug: str) -> HttpResponse:
    """Needs the role annotator. An address that names an outlet or a plan that the corpus does not have shows all."""
    work, choices = work_of(request, slug)
    ages = bars_of_ages(work.states)
    chosen = work.articles.values() | {"period": period_of(request)}
    plot = bars([bar_of(line) for line in work.weeks], "Readings submitted, by week")
    shown = {
        "corpus": work.corpus,
        "work": work,
        "people": people_of(work),
        "filters": [
            *((name, getattr(work.articles, name), values.items()) for name, values in choices.items() if values),
            ("period", period_of(request), PERIODS.items()),
        ],
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "manages": work.corpus.allows(request.user, Membership.Role.MANAGER),
        "plot": markup(plot) if any(line.readings for line in work.weeks) else "",
        "ages": markup(bars(ages, AGES)) if any(bar.count for bar in ages) else "",
        "sums": markup(drawn_sums(work)) if work.weeks else "",
        "days": days_of(work),
        "tables": [*TABLES, *OF_PERSONS],
        "persons": PersonFigures(work.corpus, request.user),
    }
    return render(request, "annotations/progress.html", shown)


@require_safe
def progress_file(request: SignedIn, slug: str, table: str) -> HttpResponse:
    """One of the tables as CSV."""
    work, _ = work_of(request, slug)
    lines = TABLES | OF_PERSONS
    if table not in lines:
        raise Http404
    persons = PersonFigures(work.corpus, request.user)
    rows = people_of(work) if table == "people" else getattr(persons if table in OF_PERSONS else work, table)
    columns = [field.name for field in fields(lines[table]) if field.name != "user"]
    cells = ([getattr(row, name) for name in columns] for row in rows)
    content = codecs.BOM_UTF8 + "".join(csv_lines(columns, cells)).encode()
    name = f"{work.corpus.slug}-progress-{table}.csv"
    return HttpResponse(content, "text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def work_of(request: SignedIn, slug: str) -> tuple[Work, Choices]:
    """And what its articles can be filtered by. Raises Http404 for outsiders, PermissionDenied for viewers."""
    corpus: Corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, Membership.Role.ANNOTATOR)
    choices = choices_of(corpus)
    return Work(corpus, request.user, chosen_by(request.GET, choices), int(period_of(request) or 0)), choices


def period_of(request: SignedIn) -> str:
    """Of PERIODS, or empty."""
    chosen = request.GET.get("period", "")
    return chosen if chosen in PERIODS else ""


def people_of(work: Work) -> list[PersonLine]:
    """Managers see user names, reviewers letters, in the order of accounts; and whoever sees only their own sees their name."""
    if not work.sees_all or work.corpus.allows(work.user, Membership.Role.MANAGER):
        return work.people
    accounts = sorted(line.user for line in work.people)
    return [replace(line, name=letters(accounts.index(line.user))) for line in sorted(work.people, key=lambda line: line.user)]


def bars_of_ages(states: list[StateLine]) -> list[CountBar]:
    """Of the oldest in each state, where it is known."""
    now = timezone.now()
    ages = [(line.state, (now - line.oldest).days) for line in states if line.oldest]
    return [
        CountBar(state, days, f"{state}: the oldest for {days} day{'' if days == 1 else 's'}", "#states") for state, days in ages
    ]


def bar_of(line: WeekLine) -> CountBar:
    label = f"Week of {line.week}: {line.readings} readings submitted, {line.gold} gold"
    return CountBar(str(line.week), line.readings, label, f"#week-{line.week}")


def days_of(work: Work) -> tuple[date, date] | None:
    """Between which days the rest is expected to be submitted."""
    if work.forecast is None:
        return None
    today = timezone.now().date()
    return today + timedelta(weeks=work.forecast.low), today + timedelta(weeks=work.forecast.high)


def drawn_sums(work: Work) -> SvgElement:
    """Readings and gold until the end of each week, and when all would be read."""
    weeks = list(reversed(work.weeks))
    kinds = {"Readings": "readings_until", "Gold": "gold_until"} if work.sees_all else {"Readings": "readings_until"}
    lines = [DayCurve(name, [sum_point(line, name, getattr(line, column)) for line in weeks]) for name, column in kinds.items()]
    days = days_of(work)
    total = weeks[-1].readings_until + work.left if days else 0
    outlook = Outlook(*days, total, f"{total} readings, 80 % forecast: {days[0]} to {days[1]}") if days else None
    return curves(lines, "Readings and gold until the end of each week", outlook=outlook)


def sum_point(line: WeekLine, name: str, count: int) -> tuple[date, float, str]:
    end = line.week + timedelta(days=6)
    return end, count, f"{name} until {end}: {count}"
