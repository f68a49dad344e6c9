"""What people type into the pages of a corpus and of their account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from corpus.accounts.login import origin_in_session
from corpus.accounts.pace import TooManyTries, take_turn
from corpus.cleaning.preview import Preview, preview
from corpus.db.days import not_after, not_before
from corpus.edits.encodings import with_guess
from corpus.edits.fields import LanguageField, OutletNameField, PublishedField, field_of
from corpus.intake.article_text import IngestError
from corpus.intake.fetch import checked
from corpus.intake.limits import FetchError
from corpus.intake.metadata import span_of
from corpus.models import Article, Cluster, Corpus, Outlet, Token
from corpus.passages.index import not_indexed
from corpus.passages.search import articles_with
from corpus.text.storable import digest, storable
from corpus.words.patterns import PatternError


class LoginForm(AuthenticationForm):
    """Name and password. It says the same of a wrong name as of a wrong password."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "Incorrect user name or password.",
        "wait": "Too many failed attempts. Try again in %(wait)s, or use a browser in which you have signed in before.",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].label = "User name"

    @property
    def wait(self) -> int:
        """Seconds until the next try is looked at."""
        return int(getattr(self.request, "login_wait", 0))

    def get_invalid_login_error(self) -> ValidationError:
        if not self.wait:
            return super().get_invalid_login_error()
        return ValidationError(self.error_messages["wait"], code="wait", params={"wait": in_words(self.wait)})


def in_words(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 100 else f"{-(-seconds // 60)} minutes"


class PasswordForm(PasswordChangeForm):
    """The old password is asked at a pace of its own in each session: the session may be stolen."""

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        self.request = request
        user: Any = request.user
        super().__init__(user, data)

    def clean_old_password(self) -> str:
        try:
            turn = take_turn(origin_in_session(self.request, self.user.get_username()))
        except TooManyTries as error:
            text = "Too many failed attempts. Try again in %(wait)s, or sign out and in again."
            raise ValidationError(text, "wait", {"wait": in_words(error.seconds)}) from error
        old = super().clean_old_password()
        turn.delete()
        return old


class TokenForm(forms.Form):
    """A new API token."""

    name = forms.CharField(max_length=100, help_text="For example “nightly mirror”.")
    scopes = forms.MultipleChoiceField(
        label="Permissions",
        choices=Token.Scope.choices,
        initial=[Token.Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label="Expires",
        coerce=int,
        choices=[(30, "in 30 days"), (90, "in 90 days"), (365, "in a year")],
        initial=90,
    )

    def issue(self, user: Any) -> tuple[Token, str]:
        """The token and its secret. The form must be valid."""
        data = self.cleaned_data
        expires = timezone.now() + timedelta(days=data["days"])
        return Token.issue(user, data["name"], data["scopes"], expires=expires)


class RefusedField(forms.Field):
    """Repairs that are to be left undone: any number of keys, or kinds."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> list[str]:
        return [str(key)[:100] for key in value or ()]


class ArticleForm(forms.Form):
    """An article as pasted text."""

    text = forms.CharField(
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="The whole article as published, with its title in the first line.",
    )
    title = forms.CharField(required=False, max_length=1000, help_text="Default: the first line.")
    outlet = forms.CharField(required=False, max_length=200, help_text="The publisher of the article.")
    url = forms.URLField(required=False, max_length=2000, label="URL", help_text="The web page of the article.")
    language = forms.CharField(required=False, max_length=35, help_text="BCP 47: en, ko, zh-Hans.")
    published = forms.RegexField(
        r"^\d{4}(-\d{2}(-\d{2})?)?$",
        required=False,
        help_text="2017-09-04, 2017-09 or 2017.",
        error_messages={"invalid": "Enter a date such as 2017-09-04, 2017-09 or 2017."},
    )
    as_is = forms.BooleanField(
        required=False,
        label="Keep the text unchanged",
        help_text="No lines are joined and no characters repaired.",
    )
    refuse = RefusedField()
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    preview: Preview | None = None  # where a look is wanted, or something is refused

    def clean_published(self) -> str:
        published = str(self.cleaned_data["published"])
        if published:
            try:
                span_of(published)
            except IngestError:
                raise ValidationError("This date does not exist.") from None
        return published

    def clean_text(self) -> str:
        """A browser sends every line end as CR LF; the article's own are LF."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "text" in data:
            try:
                self.look(data)
            except ValueError as error:
                self.add_error("text", str(error))
        return data

    def look(self, data: dict[str, Any]) -> None:
        """Raises ValueError for a text that cannot be stored, and for refusals that were meant for another one."""
        if data["as_is"] or not (data["refuse"] or "look" in self.data):
            storable(data["text"])
            return
        if data["refuse"] and data["seen"] != digest(data["text"]):
            raise ValueError("The text has changed since its repairs were rejected. Preview it again.")
        self.preview = preview(data["text"], data["refuse"])

    @property
    def digest(self) -> str:
        """Of the text that was looked at."""
        return digest(self.cleaned_data["text"])

    def facts(self) -> dict[str, Any]:
        """What is known of the article besides its text."""
        return {name: self.cleaned_data[name] for name in ("url", "outlet", "language", "published")}


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in files]


class IntakeForm(forms.Form):
    """Files and addresses, to be read by the worker."""

    files: Any = FilesField(
        required=False,
        allow_empty_file=True,
        help_text="Web pages, PDF, Word, Markdown, plain text, mail, feeds, WARC, JSON Lines, CSV, and ZIP or TAR archives of these; at most 50 MB each.",
    )
    addresses = forms.CharField(
        required=False, label="URLs", widget=forms.Textarea(attrs={"rows": 3}), help_text="Pages, files or feeds, one per line."
    )
    outlet = OutletNameField()
    published = PublishedField()
    language = LanguageField()
    with_pages = forms.BooleanField(required=False, label="For feeds, also fetch each linked page")
    look_first = forms.BooleanField(required=False, label="Review before storing", help_text="You can reject text repairs.")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="intake_%s")  # the page has another form with the same fields

    def clean_addresses(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        for line in lines:
            try:
                checked(line)
            except FetchError as error:
                raise ValidationError(f"{line[:100]}: {error}") from None
        return lines

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not data.get("files") and not data.get("addresses") and not self.errors:
            raise ValidationError("Choose a file or enter a URL.")
        return data


class ArticleFilterForm(forms.Form):
    """Which articles of a corpus to list. An empty field lets everything through."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Search titles and texts",
        help_text="Words next to each other. * stands for any letters, | for “or”.",
    )
    outlet = forms.ModelChoiceField(Outlet.objects.none(), required=False, empty_label="Any")
    language = forms.ChoiceField(required=False)
    since = forms.DateField(required=False, label="Published from", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label="Published to", widget=forms.DateInput(attrs={"type": "date"}))
    progress = forms.ChoiceField(required=False)
    cluster = forms.ModelChoiceField(Cluster.objects.none(), required=False, empty_label="Any", label="Story")
    copies = forms.BooleanField(required=False, label="Include duplicates")
    guessed = forms.BooleanField(required=False, label="Encoding to check")

    def __init__(self, data: Any, corpus: Corpus, states: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.corpus = corpus
        field_of(self, "outlet", forms.ModelChoiceField).queryset = corpus.outlets.all()
        languages = corpus.articles.exclude(language="").order_by("language")
        known = [(code, code) for code in languages.values_list("language", flat=True).distinct()]
        field_of(self, "language", forms.ChoiceField).choices = [("", "Any"), *known]
        field_of(self, "progress", forms.ChoiceField).choices = [("", "Any"), *states]
        field_of(self, "cluster", forms.ModelChoiceField).queryset = corpus.clusters.all()

    def clean_q(self) -> str:
        words = str(self.cleaned_data["q"])
        try:
            self.keys = articles_with(self.corpus, words) if words else None
        except PatternError as error:
            raise ValidationError(str(error)) from error
        return words

    @property
    def not_indexed(self) -> int:
        """Articles that the search may have missed."""
        return not_indexed(self.corpus) if "q" in self.chosen else 0

    @property
    def active(self) -> bool:
        """Does any field that could be read narrow the list?"""
        return any(self.chosen.values())

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        """The articles (with their progress) that pass; a field with an error is left out."""
        chosen = self.chosen
        exact = {path: chosen[name] for name, path in FILTERED.items() if name in chosen}
        if exact.get("progress") == "gold":
            exact["gold"] = exact.pop("progress") == "gold"
        if "copies" not in chosen:
            exact["copy_of"] = None
        if "q" in chosen:
            exact["pk__in"] = self.keys
        if "guessed" in chosen:
            articles = with_guess(articles).filter(guessed_encoding__gt="")
        days = [condition(chosen[name], *PUBLISHED) for name, condition in DAYS.items() if name in chosen]
        return articles.filter(*days, **exact)


# Field of the filter → what it asks of an article.
FILTERED = {
    "outlet": "outlet",
    "language": "language",
    "progress": "progress",
    "cluster": "cluster",
}
DAYS = {"since": not_before, "until": not_after}
PUBLISHED = ("published_earliest", "published_latest")
