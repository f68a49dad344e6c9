"""Notices that no act brings about: a reading is due soon, or late. And those that have been read for long go."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from annotations.models import Notice, NoticeDigest
from annotations.models.notice import KEPT

# Once for each due date, read or not: where the date is moved, the notice of the former one is older than the new span.
DATED = """
INSERT INTO annotations_notice (user_id, corpus_id, kind, in_app, assignment_id)
SELECT a.annotator_id, d.corpus_id, %(kind)s, coalesce(c.in_app, true), a.id
FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id JOIN auth_user u ON u.id = a.annotator_id
LEFT JOIN annotations_noticechoice c ON c.user_id = a.annotator_id AND c.kind = %(kind)s
WHERE a.status = 'open' AND (SELECT o.deletion_id FROM corpus_corpus o WHERE o.id = d.corpus_id) IS NULL AND a.due BETWEEN current_date + %(first)s::int AND current_date + %(last)s::int
    AND u.is_active AND (c.id IS NULL OR c.in_app OR c.mail <> 'off')
    AND NOT EXISTS (SELECT FROM annotations_notice n WHERE n.assignment_id = a.id AND n.user_id = a.annotator_id
        AND n.kind = %(kind)s AND n.at >= a.due - %(last)s::int)
ORDER BY a.annotator_id, a.id ON CONFLICT DO NOTHING
"""
LONG_AGO = -36_500  # days
SPANS = {Notice.Kind.DUE: (0, 2), Notice.Kind.LATE: (LONG_AGO, -1)}  # of due dates, in days from today


@transaction.atomic
def notify_of_dates() -> int:
    """How many notices of due and late readings were made."""
    with connection.cursor() as cursor:
        count = 0
        for kind, (first, last) in SPANS.items():
            cursor.execute(DATED, {"kind": kind.value, "first": first, "last": last})
            count += cursor.rowcount
    return count


def forget_old() -> int:
    """Delete what was read 90 days ago, and the records of digests of that age. How many notices there were."""
    end = timezone.now() - KEPT
    count, _ = Notice.objects.filter(read__lt=end).delete()
    Notice.objects.filter(in_app=False, at__lt=end).delete()
    NoticeDigest.objects.filter(at__lt=end, notices=None).exclude(state=NoticeDigest.State.WAITING).delete()
    return count
