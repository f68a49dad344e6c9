"""manage.py load --corpus SLUG --format native FILE… [--annotator NAME | --gold]"""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.load import LoadError, load
from annotations.models import Assignment
from corpus.models import Corpus

IMPORTER = "import"


class Command(BaseCommand):
    help = "Load marks from files, all or nothing per file. Loading a file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("--format", required=True, choices=["native"])
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--annotator", metavar="NAME", help="whose marks they are")
        whose.add_argument("--gold", action="store_true", help="they are the gold")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        corpus = corpus_by(options["corpus"])
        annotator = importer() if options["gold"] else user_by(options["annotator"])
        role = Assignment.Role.ADJUDICATION if options["gold"] else Assignment.Role.ANNOTATION
        failed = [file for file in options["files"] if not self.load(corpus, file, annotator, role)]
        if failed:
            raise CommandError(f"{len(failed)} of {len(options['files'])} files were not loaded")

    def load(self, corpus: Corpus, file: Path, annotator: Any, role: str) -> bool:
        try:
            content = file.read_bytes()
            report = load(corpus, content, name=str(file), annotator=annotator, user=annotator, role=role)
        except OSError as error:
            self.stderr.write(f"{file}: cannot be read: {error.strerror}")
            return False
        except LoadError as error:
            self.stderr.write(str(error))
            return False
        self.stdout.write(f"{file}: {report.line()}")
        return True


def corpus_by(slug: str) -> Corpus:
    found = Corpus.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Corpus.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"there is no corpus {slug!r} (there is: {known})")
    return found


def user_by(name: str) -> Any:
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"there is no account {name!r}: make it in the admin first")
    return found


def importer() -> Any:
    """The account that signs marks which no person here made. It cannot log in."""
    model = get_user_model()
    user, created = model.objects.get_or_create(username=IMPORTER, defaults={"is_active": False})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
