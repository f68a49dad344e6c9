"""Jobs of the background worker for lakes: pages are promoted."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lake.promotion import jobs


@app.task(name="promote_pages", queue="intake", retry=False)
def promote_pages(promotion: str) -> None:
    """The rest of a promotion."""
    jobs.carry_out(promotion)


@app.periodic(cron="* * * * *")
@app.task(name="find_unfinished_promotions", queue="intake", queueing_lock="find_unfinished_promotions", pass_context=False)
def find_unfinished_promotions(timestamp: int) -> None:
    """Every minute: a promotion that is not finished gets a job if it has none, since that was killed."""
    jobs.defer_unfinished()
