"""How a person wants notices: in the app, by mail and how often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.db import transaction

from annotations.models import NoticeChoice, NoticeSettings
from annotations.models.notice import CHOSEN, mail_default

SIGNER = Signer(salt="notices.unsubscribe")


class Channels(NamedTuple):
    """Of one kind."""

    in_app: bool
    mail: str


def channels_of(user: User) -> dict[str, Channels]:
    """Kind → channels, of all kinds that are a choice."""
    rows = NoticeChoice.objects.filter(user=user.pk).values_list("kind", "in_app", "mail")
    chosen = {kind: Channels(in_app, mail) for kind, in_app, mail in rows}
    return {kind: chosen.get(kind, Channels(True, mail_default(kind))) for kind in CHOSEN}


@transaction.atomic
def choose(user: User, channels: Mapping[str, Channels], mail: bool, corpus_names: bool) -> None:
    for kind, channel in channels.items():
        NoticeChoice.objects.update_or_create(user=user, kind=kind, defaults={"in_app": channel.in_app, "mail": channel.mail})
    NoticeSettings.objects.update_or_create(user=user, defaults={"mail": mail, "corpus_names": corpus_names})


# Links that end all mails without a sign-in


def mail_key(user: int) -> str:
    """What a link holds that ends the mails to this account. It does not expire, since mails are kept."""
    return SIGNER.sign(str(user))


def end_mails(key: str) -> bool:
    """No more mails to the account of a key. False for a key that is not ours."""
    user = account_of(key)
    if user is None:
        return False
    NoticeSettings.objects.update_or_create(user=user, defaults={"mail": False})
    return True


def account_of(key: str) -> Any:
    try:
        return get_user_model().objects.filter(pk=int(SIGNER.unsign(key))).first()
    except (BadSignature, ValueError):
        return None
