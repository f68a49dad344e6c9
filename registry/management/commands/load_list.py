"""manage.py load_list FILE [--list CODE] [--corpus SLUG] [--format F] [--check]"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from corpus.management.chosen import corpus_by
from registry.list_versions import reading
from registry.list_versions.known import KNOWN, KnownList, is_public
from registry.list_versions.load import load
from registry.list_versions.submit import AlreadyThere, TooLarge, submit
from registry.lists.formats import FORMATS
from registry.lists.record import UnreadableList
from registry.models import ListVersion, SanctionsList


class Command(BaseCommand):
    help = "Load a file as a version of a sanctions list, which is created if there is none. What looks cut is held until it is confirmed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--list", metavar="CODE", default="", help="default: the list of its issuer, such as UN")
        parser.add_argument("--corpus", metavar="SLUG", help="a list that does not exist becomes the corpus's own list")
        parser.add_argument("--format", choices=list(FORMATS), default="", help="default: recognised by content")
        parser.add_argument("--check", action="store_true", help="read the file and store nothing")

    def handle(self, *args: Any, file: Path, **options: Any) -> str:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: cannot be read: {error.strerror}") from error
        try:
            if options["check"]:
                return check(content, options["format"])
            sanctions_list = list_for(content, options["list"], options["corpus"], options["format"])
            version = submit(sanctions_list, content, name=file.name)
            del content  # up to 300 MB, which are read again in pieces
            return outcome(load(version, options["format"]))
        except AlreadyThere as error:
            return str(error)
        except (UnreadableList, TooLarge) as error:
            raise CommandError(f"{file}: {error}") from error


def check(content: bytes, code: str) -> str:
    """What the file says, and what of it is not read. Raises UnreadableList."""
    contents = reading.read([content], code)
    entries = list(contents.entries)
    kinds = Counter(entry.kind for entry in entries)
    names = sum(len(entry.names) for entry in entries)
    parts = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    published = contents.published or "not stated"
    lines = [f"format {contents.format}, published {published}, {len(entries):,} entries ({parts}), {names:,} names"]
    if contents.stated_count not in (None, len(entries)):
        lines.append(f"the file says that it has {contents.stated_count:,} entries")
    lines += [f"not read: {path} ({count:,})" for path, count in contents.losses.most_common()]
    return "\n".join(lines)


def list_for(content: bytes, code: str, slug: str | None, format_code: str) -> SanctionsList:
    """The list that was named, or that of the issuer of the file; made if there is none. Raises UnreadableList."""
    known = None if code else KNOWN.get(format_code or reading.read([content]).format)
    code = code or (known.code if known else "")
    if not code:
        raise CommandError("The file does not say which list it is: name one with --list CODE.")
    if existing := SanctionsList.objects.filter(code=code).first():
        check_corpus(existing, slug)
        return existing
    corpus = corpus_by(slug) if slug else None
    if corpus and is_public(code):
        raise CommandError(f"{code} is the code of a public list: name that of the corpus with --list CODE.")
    about = known or KnownList(code, code, "")
    made = SanctionsList(
        code=about.code,
        name=about.name,
        issuer=about.issuer,
        licence=about.licence,
        attribution=about.attribution,
        corpus=corpus,
    )
    try:
        made.full_clean()
    except ValidationError as error:
        raise CommandError(f"--list {code}: {' '.join(error.messages)}") from error
    made.save()
    return made


def check_corpus(existing: SanctionsList, slug: str | None) -> None:
    """Raises CommandError: the file would become public, or a version of the list of another corpus."""
    if slug and existing.corpus is None:
        raise CommandError(f"The list {existing} is public: leave --corpus out, or name another list with --list CODE.")
    if existing.corpus and existing.corpus.slug != slug:
        owner = existing.corpus.slug
        raise CommandError(
            f"The list {existing} is of the corpus {owner}: add --corpus {owner}, or name another list with --list CODE."
        )


def outcome(version: ListVersion) -> str:
    """One line: what became of the file. Raises CommandError for a refused one."""
    if version.state == ListVersion.State.REFUSED:
        raise CommandError(f"{version.list}: refused: {version.reasons[0]}")
    line = (
        f"{version.list} version {version.number}: {version.entry_count:,} entries, {version.name_count:,} names; {version.added:,} added, "
        f"{version.removed:,} removed, {version.changed:,} changed, {version.respelled:,} respelled"
    )
    if version.state == ListVersion.State.HELD:
        address = version.get_absolute_url()
        return f"{line}\nHeld, the current version stays: {' '.join(version.reasons)} Confirm or refuse it at {address}"
    return line
