"""Digests: which notices are due by mail, and the text of a mail.

A mail holds counts, names of corpora where the person wants them, and links. No title, quote, source or mark leaves the server.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from email.policy import Policy, default
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from annotations.models import Notice, NoticeChoice, NoticeDigest, NoticeSettings
from annotations.models.notice import ALWAYS, CHOSEN, COUNTING, mail_default
from annotations.notices.choices import mail_key
from annotations.notices.wording import counted
from corpus.edits.links import confirming_secret
from corpus.models import Membership, PasswordLink

HOUR = 6  # UTC: what came before it is in the digest of the day, or on Mondays in that of the week
OLDEST = timedelta(days=30)  # is mailed: a server that gets its mail later does not begin with a pile
LONGEST_LINE = 900  # of a header: a link is not broken


def is_mail_on() -> bool:
    return bool(settings.MAIL_FROM)


def due_notices(now: datetime | None = None) -> QuerySet[Notice]:
    """Unread, in no mail yet, and older than the last hour of mails; of people who want them and still see the corpus. What nobody
    chooses is due at once, also where it was read: by whoever is signed in as they are."""
    now = now or timezone.now()
    day = (now - timedelta(hours=HOUR)).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    week = day - timedelta(days=day.weekday())
    chosen = NoticeChoice.objects.filter(user=OuterRef("user"), kind=OuterRef("kind")).values("mail")
    usual = Case(*(When(kind=kind, then=Value(mail_default(kind))) for kind in CHOSEN), default=Value(""))
    members = Membership.objects.filter(user=OuterRef("user"), corpus=OuterRef("corpus"))
    off = NoticeSettings.objects.filter(user=OuterRef("user"), mail=False)
    rows = Notice.objects.outside_bin().filter(digest=None, at__gte=now - OLDEST, user__is_active=True).exclude(user__email="")
    rows = rows.filter(Exists(members) | Q(user__is_superuser=True)).annotate(mail=Coalesce(Subquery(chosen), usual))
    is_chosen = Q(mail="daily", at__lt=day) | Q(mail="weekly", at__lt=week)
    return rows.filter(Q(kind__in=ALWAYS) | (Q(~Exists(off), read=None) & is_chosen))


class DigestMail(EmailMessage):
    def message(self, *, policy: Policy[Any] | None = None) -> Any:
        return super().message(policy=(policy or default).clone(max_line_length=LONGEST_LINE))


def mail_of(digest: NoticeDigest) -> DigestMail:
    user = digest.user
    stop = f"{settings.SITE_URL}/notices/stop/{mail_key(user.pk)}/"
    domain = settings.MAIL_FROM.rpartition("@")[2].rstrip(">")
    count = digest.notices.count()
    headers = {
        "Message-ID": f"<{digest.pk}@{domain}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    subject = f"Attest: {count:,} notice{'' if count == 1 else 's'}"
    return DigestMail(subject, text_of(digest, stop), settings.MAIL_FROM, [user.email], headers=headers)


def text_of(digest: NoticeDigest, stop: str) -> str:
    names = NoticeSettings.of(digest.user).corpus_names
    rows = digest.notices.values_list("corpus__name", "kind", "number").order_by("corpus__name", "corpus", "kind")
    parts: dict[str, Counter[str]] = {}
    for corpus, kind, number in rows:
        name = " ".join(corpus.split()) if names else ""
        parts.setdefault(name, Counter())[kind] += (number or 0) if kind in COUNTING else 1
    order = {kind: position for position, kind in enumerate(Notice.Kind.values)}
    lines = []
    for name, counts in parts.items():
        lines += (
            [name] * bool(name) + [f"- {counted(kind, counts[kind])}" for kind in sorted(counts, key=order.__getitem__)] + [""]
        )
    if any(Notice.Kind.PASSWORD_SET in counts for counts in parts.values()):
        for link in PasswordLink.objects.filter(user=digest.user, used__isnull=False, confirmed=None).order_by("-used")[:1]:
            address = reverse("corpus:confirm_password", args=[confirming_secret(link)])
            lines += ["If you set it yourself, confirm it:", settings.SITE_URL + address, ""]
    if any(kind in counts for counts in parts.values() for kind in ALWAYS):
        lines += ["Whoever has a password link can sign in as you. If you did not ask for it, tell your administrator.", ""]
    choices = f"{settings.SITE_URL}/notices/choices/"
    lines += ["Read them:", f"{settings.SITE_URL}/notices/", "", "Choose your mails:", choices, "", "Stop all mails:", stop, ""]
    return "\n".join(lines)
