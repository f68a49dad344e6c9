"""Forms of the pages of lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corpus.intake.fetch import checked
from corpus.intake.limits import FetchError
from corpus.models import Corpus
from registry.list_versions.known import is_public
from registry.lists.formats import FORMATS
from registry.models import SanctionsList

PERIODS = [("", "never"), (360, "every 6 hours"), (1440, "every day"), (10080, "every week")]


class NewListForm(forms.ModelForm):
    """A list of a corpus; a public one only for superusers."""

    class Meta:
        model = SanctionsList
        fields = ("code", "name", "issuer", "corpus")

    def __init__(self, user: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        corpus: Any = self.fields["corpus"]
        corpus.queryset = Corpus.objects.for_user(user, "manager")
        corpus.required = not user.is_superuser
        corpus.help_text = ""
        corpus.empty_label = "public: for everyone" if user.is_superuser else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("corpus") and is_public(data.get("code", "")):
            self.add_error("code", f"{data['code']} is the code of a public list. Choose another code.")
        return data


class UploadForm(forms.Form):
    """A file of the list."""

    file = forms.FileField(label="File", help_text="A spreadsheet as CSV, or the issuer's file. 200 MB at most.")
    format = forms.ChoiceField(required=False, label="Format")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["format"]
        choice.choices = [("", "recognise by content"), *((code, loader.TITLE) for code, loader in FORMATS.items())]


class RefreshForm(forms.Form):
    """Where the file is fetched, and how often."""

    address = forms.CharField(required=False, max_length=2000, label="Address", help_text="Address of the file on the web.")
    minutes = forms.TypedChoiceField(required=False, label="Refresh", coerce=int, empty_value=None, choices=PERIODS)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        try:
            if address:
                checked(address)
        except FetchError as error:
            raise ValidationError(str(error)) from None
        return address

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("minutes") and not data.get("address") and not self.errors:
            self.add_error("address", "Enter the address of the file.")
        return data
