"""What managers type into the pages of members and corpora."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from corpus.models import Membership


class RoleField(forms.ChoiceField):
    """A role of a corpus, with what it allows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Membership.Role.choices, **options)


class MemberForm(forms.Form):
    """An account of this installation, by its exact name: no list of accounts is shown."""

    user_name = forms.CharField(max_length=150, label="User name", help_text="Exact user name of the account.")
    role = RoleField(initial=Membership.Role.ANNOTATOR)

    def clean_user_name(self) -> str:
        name = self.cleaned_data["user_name"]
        self.account = get_user_model().objects.filter(username=name, is_active=True).first()
        if self.account is None:
            raise ValidationError("No active account has this user name. Invite a new colleague by a link instead.")
        return str(name)


class MemberRoleForm(forms.Form):
    """Another role for a member."""

    role = RoleField()
