"""Forms of plans: a draft, what of a plan can be changed, and its practice articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from annotations.forms import ALL_ARTICLES, filter_words, selected_by
from annotations.models import Plan
from annotations.plans import change
from annotations.plans.people import change_plan
from annotations.practice.articles import NONE
from corpus.edits.fields import field_of
from corpus.models import Corpus, Membership


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        return str(obj.user)


class PlanPeopleForm(forms.Form):
    """Name, due date and people; fields `weight_<membership>` for each member who annotates."""

    name = forms.CharField(max_length=100)
    due = forms.DateField(
        required=False, label="Due date", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), help_text="Empty: none."
    )
    people = PeopleField(
        Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: all annotators of the corpus. Weight: part of the readings, beside the other weights; empty: as many as they take.",
    )

    def __init__(self, data: Any, corpus: Corpus, user: User, **options: Any) -> None:
        super().__init__(data, **options)
        self.corpus, self.user = corpus, user
        members = corpus.memberships.filter(role__in=Membership.Role.from_rank("annotator"), user__is_active=True)
        self.members = list(members.select_related("user").order_by("user__username"))
        field_of(self, "people", PeopleField).queryset = members.select_related("user").order_by("user__username")
        for member in self.members:
            self.fields[f"weight_{member.pk}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=100,
                label=f"Weight of {member.user}",
            )

    def rows(self) -> Iterator[tuple[BoundField, list[tuple[Any, BoundField]]]]:
        """Each field, that of the people with their boxes and weights beside each other."""
        named = [(box, f"weight_{box.data['value']}") for box in self["people"]]
        boxes = [(box, self[name]) for box, name in named if name in self.fields]
        for field in self.visible_fields():
            if not field.name.startswith("weight_"):
                yield field, boxes if field.name == "people" else []

    def weights(self) -> dict[Any, int | None]:
        """Of the chosen people, by account. The form must be valid."""
        data = self.cleaned_data
        return {member.user: data.get(f"weight_{member.pk}") for member in data["people"]}


class PlanForm(PlanPeopleForm):
    """A draft of a plan."""

    filter = forms.CharField(
        required=False,
        max_length=2_000,
        label="Articles",
        widget=forms.Select,
        help_text="To plan some of them only, filter the list of articles and press Plan there.",
    )
    readings = forms.IntegerField(
        min_value=1, max_value=5, initial=2, label="Readings", help_text="Of an article that is read more than once: 2 to 5."
    )
    share = forms.IntegerField(
        min_value=0,
        max_value=100,
        initial=20,
        label="Read more than once, in %",
        help_text="Drawn at random. The others are read once.",
    )
    chances = forms.ChoiceField(
        choices=Plan.Chances.choices,
        required=False,
        label="Chance of each article",
        help_text="By length, more annotations are read twice; then weight agreement by 1 / chance.",
    )
    field_order = ("name", "filter", "readings", "share", "chances", "due", "people")

    def __init__(self, data: Any, corpus: Corpus, user: User, **options: Any) -> None:
        super().__init__(data, corpus, user, **options)
        asked = str(self["filter"].value() or "").removeprefix("?")
        self.fields["filter"].widget.choices = [
            *([(asked, f"Those of the filter: {filter_words(asked, corpus, user)}")] if asked else []),
            ("", ALL_ARTICLES),
        ]

    def clean_filter(self) -> str:
        query = str(self.cleaned_data["filter"]).removeprefix("?")
        try:
            selected_by(query, self.corpus, self.user)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return query

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("share") == 0:
            data["readings"] = 1
        elif data.get("readings") == 1:
            data["share"] = 0
        return data

    def save(self) -> Plan:
        """Raises EditError. The form must be valid."""
        values = {name: self.cleaned_data[name] for name in ("name", "filter", "readings", "share", "due")}
        values["chances"] = self.cleaned_data["chances"] or Plan.Chances.EQUAL
        return change.create_plan(self.corpus, values, self.weights(), self.user)


class PlanChangeForm(PlanPeopleForm):
    """What of a plan can be changed until it is done. `revision`: of the plan that the page shows."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @classmethod
    def of(cls, plan: Plan, data: Any, user: User) -> PlanChangeForm:
        made = cls(data, plan.corpus, user)
        weights = dict(plan.people.values_list("user", "weight"))
        made.initial = {"name": plan.name, "due": plan.due, "revision": plan.revision}
        made.initial["people"] = [member.pk for member in made.members if member.user_id in weights]
        made.initial |= {f"weight_{member.pk}": weights.get(member.user_id) for member in made.members}
        return made

    def save(self, plan: Plan) -> Plan:
        """Raises EditError. The form must be valid."""
        values = {name: self.cleaned_data[name] for name in ("name", "due")}
        return change_plan(plan, self.cleaned_data["revision"], values, self.weights(), self.user)


class PracticeForm(forms.Form):
    """An article with a submitted gold, and its use for newcomers."""

    article = forms.CharField(max_length=300, help_text="Address of its page. It needs a submitted gold.")
    kind = forms.ChoiceField(
        choices=[
            ("practice", "Practice: gold open at any time"),
            ("test", "Test: gold open after submitting"),
            (NONE, "Neither"),
        ],
        label="Use",
    )
