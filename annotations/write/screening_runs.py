"""Screening of a corpus as a job: begun by a person or a change of a list, and carried on in turns until it is finished."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from procrastinate.contrib.django import app

from annotations.queries.listable import listable_types
from annotations.write.errors import Invalid
from corpus.models import Corpus, Membership
from registry.list_versions.rekey import outdated_names
from registry.models import SanctionsList, ScreenedBy, ScreeningRun, SecondPersonRule
from registry.names import MATCHER
from registry.screening.run import begin, forget_list, take_turn, versions_of
from registry.screening.stale import outdated
from registry.screening.state import settle_corpus

TASK = "screen_entities"
WITH_JOB = "SELECT (args ->> 'run')::bigint FROM procrastinate_jobs WHERE task_name = %s AND status IN ('todo', 'doing')"


def start(corpus: Corpus, user: User | None = None, trigger: str = ScreeningRun.Trigger.PERSON) -> ScreeningRun:
    """The run that goes on, or a new one, with its job. Raises PermissionDenied, or Invalid without a list to screen against."""
    if user is not None and not corpus.allows(user, Membership.Role.MANAGER):
        raise PermissionDenied("Only managers of the corpus can start a screening.")
    if not ScreenedBy.objects.filter(corpus=corpus, list__versions__state="current").exists():
        raise Invalid("Choose a list with a current version first: the corpus is screened against none.")
    if of_another_matcher(corpus):
        raise Invalid(f"Names of the lists are being prepared for {MATCHER}: screen again in some minutes, or run rekey_names.")
    with transaction.atomic():
        run = begin(corpus, trigger, listable_types(corpus), user)
        defer(run)
    return run


def start_for_changed_lists() -> list[ScreeningRun]:
    """Runs of corpora that were screened before, and of which a list has another current version since, or Attest another matcher."""
    changed = [corpus for corpus in screened_before() if has_changed(corpus)]
    return [start(corpus, trigger=ScreeningRun.Trigger.LIST) for corpus in changed]


def start_for_changed_entities() -> list[ScreeningRun]:
    """Runs of corpora that were screened before, and in which an entity is new or has changed since."""
    changed = [corpus for corpus in screened_before() if outdated(corpus, listable_types(corpus), 1)]
    return [start(corpus, trigger=ScreeningRun.Trigger.ENTITIES) for corpus in changed]


def screened_before() -> list[Corpus]:
    """Corpora whose last run is finished, and that could be screened at once."""
    corpora = Corpus.objects.filter(screened_by__list__versions__state="current", screening_runs__isnull=False)
    at_rest = corpora.exclude(screening_runs__finished=None).distinct().order_by("pk")
    return [corpus for corpus in at_rest if not of_another_matcher(corpus)]


def has_changed(corpus: Corpus) -> bool:
    last = ScreeningRun.objects.filter(corpus=corpus).first()
    return last is not None and (last.versions != versions_of(corpus) or last.matcher != MATCHER)


def of_another_matcher(corpus: Corpus) -> bool:
    """Whether a list of the corpus has names without keys of this matcher: what is compared now would miss them."""
    chosen = ScreenedBy.objects.filter(corpus=corpus).values("list")
    return bool(outdated_names().filter(entry__list__in=chosen).exists())


def defer(run: ScreeningRun) -> None:
    """By its name: the job's own module knows this one. The job begins after this transaction."""
    app.configure_task(TASK, queue="intake", lock=f"screening {run.corpus_id}").defer(run=run.pk)


def carry_on(pk: int) -> None:
    """One turn; then another job goes on, so that others have theirs."""
    run = ScreeningRun.objects.select_related("corpus").filter(pk=pk, finished=None).first()
    if run and not take_turn(run, listable_types(run.corpus)):
        defer(run)


def defer_unfinished() -> None:
    """A job for each run that has none, since it failed with the database or its worker."""
    with connection.cursor() as cursor:
        cursor.execute(WITH_JOB, [TASK])
        with_job = {pk for (pk,) in cursor.fetchall()}
    for run in ScreeningRun.objects.filter(finished=None).exclude(pk__in=with_job):
        defer(run)


def choose(corpus: Corpus, user: User, of: SanctionsList, threshold: int, programmes: list[str]) -> ScreenedBy:
    """Screen the corpus against a list from now on. The next run compares what that changes; until then nobody was looked for in it."""
    check_manager(corpus, user)
    own = {"threshold": threshold, "programmes": programmes}
    with transaction.atomic():
        chosen, is_new = ScreenedBy.objects.update_or_create(corpus=corpus, list=of, defaults=own)
        if is_new:
            settle_corpus(corpus)
    return chosen


def drop(corpus: Corpus, user: User, of: SanctionsList) -> None:
    """Do not screen the corpus against a list any more. Decisions stay."""
    check_manager(corpus, user)
    forget_list(corpus, of)


def ask_for_second(corpus: Corpus, user: User, *, is_on: bool) -> None:
    """Whether two persons confirm a match from now on. What was confirmed stays confirmed."""
    check_manager(corpus, user)
    if is_on:
        SecondPersonRule.objects.get_or_create(corpus=corpus, defaults={"user": user})
    else:
        SecondPersonRule.objects.filter(corpus=corpus).delete()


def check_manager(corpus: Corpus, user: User) -> None:
    if not corpus.allows(user, Membership.Role.MANAGER):
        raise PermissionDenied("Only managers of the corpus can choose what it is screened against.")
