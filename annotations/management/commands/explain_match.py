"""manage.py explain_match ID"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.models import ListCandidate
from registry.screening.explained import explain_again


class Command(BaseCommand):
    help = "Show why an entry is a candidate, what the present matcher makes of the same names, and whether it differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("candidate", type=int, help="number of the candidate, as in the address of its page")

    def handle(self, *args: Any, candidate: int, **options: Any) -> str:
        row = ListCandidate.objects.select_related("entity", "list").filter(pk=candidate).first()
        if row is None:
            raise CommandError(f"{candidate}: no candidate has this number.")
        again = explain_again(row)
        lines = [f"{row}: {row.score}", row.explanation["sentence"]]
        if again.differs:
            lines += [f"Now: {again.explanation['score']}, {again.explanation['sentence']}"]
            lines += [json.dumps(again.explanation, ensure_ascii=False, indent=1)]
        else:
            lines += [f"The present matcher, {again.explanation['matcher']}, says the same."]
        return "\n".join(lines)
