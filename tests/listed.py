"""Versions of sanctions lists for tests, from lines like those of one's own lists: `id; name; alias: …; KP; 2016-03-02; imo: …`."""

from __future__ import annotations

import json
import re
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from registry.list_versions import name_keys
from registry.lists.record import EntryRecord, NameRecord
from registry.models import ListedName, ListEntry, ListFile, ListVersion, SanctionsList
from registry.names import MATCHER

KINDS = {"alias", "former", "weak", "original"}


def version(code: str, text: str, published: str | None = None, kind: str = "any") -> ListVersion:
    """The next version of a list, which is the current one from now on; what did not change keeps its row."""
    return load(code, [record(line, kind) for line in text.splitlines() if line.strip()], published, text)


def record(line: str, kind: str = "any") -> EntryRecord:
    ref, name, *fields = [field.strip() for field in line.split(";")]
    names, countries, identifiers, listed_on, births, references = [NameRecord(name, "primary")], [], [], "", [], []
    for field in fields:
        label, _, value = field.partition(": ")
        if label in KINDS:
            names.append(NameRecord(value, label))
        elif label == "type":
            kind = value
        elif label == "on":
            references.append(tuple(value.split(" ", 1)))
        elif label == "born":
            births.append(value)
        elif value:
            identifiers.append((label, value))
        elif re.fullmatch(r"[A-Z]{2}", field):
            countries.append(field)
        else:
            listed_on = field
    return EntryRecord(
        ref,
        kind,
        tuple(names),
        listed_on=listed_on,
        countries=tuple(countries),
        identifiers=tuple(identifiers),
        births=tuple(births),
        references=tuple(references),
    )


@transaction.atomic  # keys wait in a table of the transaction
def load(code: str, records: list[EntryRecord], published: str | None = None, text: str = "", of_format: str = "") -> ListVersion:
    of, _ = SanctionsList.objects.get_or_create(code=code, defaults={"name": f"List {code}"})
    last = of.versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    content = f"{number}\n{text}".encode()
    file = ListFile.objects.create(list=of, content=content, sha256=sha256(content).hexdigest(), size=len(content))
    of.versions.filter(state="current").update(state="past")
    made = ListVersion.objects.create(
        list=of,
        number=number,
        file=file,
        format=of_format,
        state="current",
        published=published or timezone.now().date(),
        entry_count=len(records),
    )
    before = {(row.ref, row.digest): row for row in ListEntry.objects.filter(list=of).in_version(number - 1)}
    for each in records:
        digest = sha256(json.dumps(each, ensure_ascii=False).encode()).hexdigest()
        if row := before.get((each.ref, digest)):
            ListEntry.objects.filter(pk=row.pk).update(versions=(row.versions.lower, number + 1))
        else:
            write(of, number, each, digest)
    name_keys.add(of.pk)
    return made


def write(of: SanctionsList, number: int, each: EntryRecord, digest: str) -> None:
    entry = ListEntry.objects.create(
        list=of, ref=each.ref, kind=each.kind, versions=(number, number + 1), digest=digest, programmes=list(each.programmes),
        listed_on=each.listed_on or None, births=list(each.births), countries=list(each.countries),
        identifiers=[list(pair) for pair in each.identifiers], references=[list(pair) for pair in each.references],
    )  # fmt: skip
    for position, name in enumerate(each.names, start=1):
        row = ListedName.objects.create(
            entry=entry, position=position, text=name.text, kind=name.kind, language=name.language, matcher=MATCHER
        )
        name_keys.lay([(row.pk, name.text, each.kind)])
