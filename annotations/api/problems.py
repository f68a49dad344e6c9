"""A Refusal of the one write as an answer: its code is the code of the problem."""

from __future__ import annotations

from rest_framework import serializers

from annotations.write.errors import Conflict, Refusal
from corpus.api.problems import Problem, ProblemSerializer
from corpus.api.shape import Shape


def problem_for(refusal: Refusal) -> Problem:
    if isinstance(refusal, Conflict):
        return Problem(refusal.code, str(refusal), revision=refusal.revision, conflicts=refusal.conflicts)
    return Problem(refusal.code, refusal.detail, errors=refusal.errors)


class ConflictShape(Shape):
    change = serializers.UUIDField()
    kind = serializers.CharField()
    yours = serializers.DictField(help_text="The object as sent.")
    theirs = serializers.DictField(allow_null=True, help_text="The current object; null: deleted.")

    class Meta:
        ref_name = "Conflict"


class ConflictProblem(ProblemSerializer):
    """Nothing was stored: someone else changed the same objects after `base`."""

    revision = serializers.IntegerField(help_text="Current revision of the assignment.")
    conflicts = ConflictShape(many=True)

    class Meta:
        ref_name = "ConflictProblem"
