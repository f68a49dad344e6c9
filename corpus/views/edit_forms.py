"""What is typed into the pages of members, and into those of the links that they make."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm, UserCreationForm
from django.core.exceptions import ValidationError

from corpus.intake.article_text import TAG
from corpus.models import Membership


class RoleField(forms.ChoiceField):
    """A role of a corpus, with what it allows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Membership.Role.choices, **options)


class MemberForm(forms.Form):
    """An account of this installation, by its exact name: no list of accounts is shown."""

    user_name = forms.CharField(max_length=150, label="User name", help_text="Exact user name of the account.")
    role = RoleField(initial=Membership.Role.ANNOTATOR)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="member_%s")

    def clean_user_name(self) -> str:
        name = self.cleaned_data["user_name"]
        self.account = get_user_model().objects.filter(username=name, is_active=True).first()
        if self.account is None:
            raise ValidationError("No active account has this user name. Invite a new colleague by a link instead.")
        return str(name)


class MemberRoleForm(forms.Form):
    """Another role for a member."""

    role = RoleField()


class MemberWorkForm(forms.Form):
    """What a member can annotate."""

    languages = forms.CharField(
        required=False, max_length=200, help_text="BCP 47, with commas between: en, ko. Empty: articles in any language."
    )
    capacity = forms.IntegerField(
        required=False, min_value=0, max_value=100_000_000, label="Capacity", help_text="Characters a week. Empty: not known."
    )
    paused = forms.BooleanField(required=False, label="Paused", help_text="Offered no articles. Those in progress stay.")

    def clean_languages(self) -> list[str]:
        codes = list(dict.fromkeys(code.strip() for code in self.cleaned_data["languages"].split(",") if code.strip()))
        wrong = [code for code in codes if not TAG.fullmatch(code)]
        if wrong:
            raise ValidationError(f"“{wrong[0]}” is not a language tag such as en, ko or zh-Hans.")
        return codes


class InvitationForm(forms.Form):
    """Role and life of an invitation."""

    role = RoleField(initial=Membership.Role.ANNOTATOR)
    note = forms.CharField(
        required=False, max_length=100, label="For", help_text="Person, as a reminder: shown to managers only."
    )
    days = forms.TypedChoiceField(
        label="Expires", coerce=int, choices=[(1, "in a day"), (7, "in 7 days"), (30, "in 30 days")], initial=7
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="invitation_%s")


class JoinForm(UserCreationForm):
    """A new account, made by accepting an invitation: the password rules are those of every account."""

    class Meta(UserCreationForm.Meta):
        model = get_user_model()
        fields = ("username", "first_name", "last_name")
        labels = {"username": "User name"}

    def clean_username(self) -> Any:
        """Names of placeholder accounts stay theirs: annotations of imported files are theirs too."""
        name = super().clean_username()  # None where it is taken
        if name and name.casefold().startswith("import."):
            raise ValidationError("User names that begin with “import.” are reserved. Choose another one.")
        return name


class NewPasswordForm(SetPasswordForm):
    """A new password, set by a link."""
