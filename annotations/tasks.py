"""Jobs of the background worker: files of marks, merges of entities and screenings that are too large to wait for."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from annotations.imports import loaded_gold
from annotations.imports.staged import carry_out
from annotations.models.notice import TRIES
from annotations.moves import change as moves
from annotations.notices.dated import forget_old, notify_of_dates
from annotations.notices.send import defer_digest, recipients, send_digest
from annotations.notices.targets import notify_of_targets
from annotations.plans.lapse import lapse_all
from annotations.scoring.pairs import score, score_gamma, score_readers
from annotations.tallies.keep import tally
from annotations.write import merge_slices, screening_runs


@app.task(name="load_marks", queue="intake", retry=False)
def load_marks(load: str) -> None:
    carry_out(load)


@app.task(name="submit_loaded_gold", queue="intake", retry=False)
def submit_loaded_gold() -> None:
    """Once, after an update: what was loaded as gold before."""
    loaded_gold.submit_all()


@app.periodic(cron="* * * * *")
@app.task(name="score_readings", queue="intake", queueing_lock="score_readings", pass_context=False)
def score_readings(timestamp: int) -> None:
    """Every minute, for half of it at most: pairs of readings whose agreement is not counted, or out of date."""
    score(seconds=15)
    score_readers(seconds=5)
    score_gamma(seconds=10)


@app.periodic(cron="* * * * *")
@app.task(name="tally_work", queue="intake", queueing_lock="tally_work", pass_context=False)
def tally_work(timestamp: int) -> None:
    """Every minute: the work of readers by week, as far as the log has come."""
    tally()


@app.task(name="move_marks", queue="intake", retry=False)
def move_marks(merge: str) -> None:
    """The rest of a merge, or of its undoing."""
    merge_slices.carry_out(merge)


@app.periodic(cron="* * * * *")
@app.task(name="find_unfinished_merges", queue="intake", queueing_lock="find_unfinished_merges", pass_context=False)
def find_unfinished_merges(timestamp: int) -> None:
    """Every minute: a merge that is not finished gets a job if it has none, since that failed with the database."""
    merge_slices.defer_unfinished()


@app.task(name="move_readings", queue="intake", retry=False)
def move_readings(move: str) -> None:
    """The rest of a scheme change, or of its undoing."""
    moves.carry_out(move)


@app.periodic(cron="* * * * *")
@app.task(name="find_unfinished_moves", queue="intake", queueing_lock="find_unfinished_moves", pass_context=False)
def find_unfinished_moves(timestamp: int) -> None:
    """Every minute: a scheme change that is not finished gets a job if it has none, since that was killed."""
    moves.defer_unfinished()


@app.task(name="screen_entities", queue="intake", retry=False)
def screen_entities(run: int) -> None:
    """Some seconds of a screening."""
    screening_runs.carry_on(run)


@app.periodic(cron="* * * * *")
@app.task(name="find_unfinished_screenings", queue="intake", queueing_lock="find_unfinished_screenings", pass_context=False)
def find_unfinished_screenings(timestamp: int) -> None:
    """Every minute: a screening that is not finished gets a job if it has none, and a list that changed is screened against."""
    screening_runs.defer_unfinished()
    screening_runs.start_for_changed_lists()


@app.periodic(cron="7-59/10 * * * *")  # looking costs 25 µs of each entity
@app.task(name="screen_changed_entities", queue="intake", queueing_lock="screen_changed_entities", pass_context=False)
def screen_changed_entities(timestamp: int) -> None:
    """Every ten minutes: a corpus that was screened before is screened again where entities are new or have changed."""
    screening_runs.start_for_changed_entities()


@app.periodic(cron="17 * * * *")
@app.task(name="lapse_readings", queue="intake", queueing_lock="lapse_readings", pass_context=False)
def lapse_readings(timestamp: int) -> None:
    """Every hour: readings of a plan, or past their due date, in which nothing was written for some time."""
    lapse_all()


@app.periodic(cron="23 * * * *")
@app.task(name="notify_people", queue="intake", queueing_lock="notify_people", pass_context=False)
def notify_people(timestamp: int) -> None:
    """Every hour: notices of due dates, no more of those that were read long ago, and a job for each digest that is due."""
    notify_of_dates()
    forget_old()
    for user in recipients():
        defer_digest(user)


@app.periodic(cron="47 4 * * *")
@app.task(name="compare_with_targets", queue="intake", queueing_lock="compare_with_targets", pass_context=False)
def compare_with_targets(timestamp: int) -> None:
    """Every night, before digests are due: agreement of each corpus that has targets."""
    notify_of_targets()


# Five tries in 13 minutes. What is not sent then is in the app.
@app.task(name="mail_digest", queue="fetch", retry=RetryStrategy(max_attempts=TRIES - 1, exponential_wait=5))
def mail_digest(user: int) -> None:
    send_digest(user)
