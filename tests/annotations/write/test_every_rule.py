"""Each check of the scheme: the smallest input that breaks it brings its code, and its sound neighbour does not.

What contradicts itself is refused when it is written; what is only incomplete is found before it is submitted.
"""

import json
from datetime import date

import pytest
from django.db import transaction

from annotations.assign import submit
from annotations.queries.findings import findings
from annotations.write.apply import apply_changes
from annotations.write.errors import Invalid
from corpus.models import Zone
from tests import factories
from tests.annotations.conftest import change, layer_of, new

TEXT = (
    "Workers sent home\n\n"
    "But 170 of 300 workers returned to the North, the manager told Daily NK. They were ordered home.\n\n"
    "Photo: Daily NK paid 45,000 RMB (7,800,000 KPW) and 300 RMB (52,000 KPW) at a Chinese bank in China."
)
CREDIT = "Photo: Daily NK"
RULES = {rule["code"]: rule for rule in json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))["constraints"]}
WRITTEN, SUBMITTED = "refused when written", "found when checked"


class Draft:
    """Changes for one batch, each made in a line."""

    def __init__(self):
        self.changes = []

    def make(self, kind, **item):
        made = {"id": new(), **item}
        self.changes.append(change("create", kind, made))
        return made["id"]

    def entity(self, label="GROUP"):
        return self.make("entity", type=label, name=f"Entity {len(self.changes)}")

    def actor(self, words, label="GROUP", entity=None, **fields):
        return self.mark(words, label, attributes={"entity": entity or self.entity(label), **fields})

    def people(self, words, n=170, **values):
        return self.figure(words, "PEOPLE", n, counted={"entity": self.entity()}, **values)

    def money(self, words, n, currency):
        return self.figure(words, "MONEY", n, currency=currency)

    def figure(self, words, label, n=1, **values):
        return self.mark(words, label, attributes={"low": n, "high": n, "comparator": "eq", **values})

    def mark(self, *words, **fields):
        *words, label = words
        fragments = fields.pop("fragments", [at(each) for each in words])
        return self.make("span", layer=layer_of(label), label=label, fragments=fragments, **fields)

    def event(self, words="returned", label="REPATRIATE", roles=(), attributes=None, **fields):
        arguments = [{"role": role, **({"mention": filler} if isinstance(filler, str) else filler)} for role, filler in roles]
        attributes = attributes or {"REPATRIATE": {"manner": "forced"}, "DIRECT": {"force": "order"}}.get(label, {})
        known = {"status": "happened", "polarity": "positive", "certainty": "certain", **fields}
        made = self.make("event", type=label, arguments=arguments, attributes=attributes, **known)
        if words:
            self.mark(words, label, event=made)
        return made

    def returned(self, **fields):
        """A sound event of people who went home."""
        return self.event(roles=[("people", {"entity": self.entity()})], **fields)

    def emptied(self, event, field):
        self.changes.append(change("update", "event", {"id": event, field: None}))

    def ordered(self, **fields):
        """A sound event of an order."""
        return self.event("ordered", "DIRECT", roles=[("addressee", {"entity": self.entity()})], **fields)

    def claim(self, words, entity=None, **fields):
        said = {"source_basis": "stated", "mode": "indirect", "modality": "reported", "evidence": "testimony", **fields}
        return self.make("claim", content=[at(words)], source_entity=entity or self.entity("PERSON"), **said)

    def measure(self, code):
        return self.make("citation", fragments=[at("Daily NK")], measure=code)

    def linked(self, kind, source, target):
        return self.make("link", type=kind, source=source, target=target)


def at(words, quote=None):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "quote": quote or words}


def implemented(roles):
    """An event that carries something out, with more roles than the one it must have."""

    def write(draft):
        implementer = ("implementer", {"entity": draft.entity("COMPANY")})
        roles_ = [implementer, *((role, {"measure_ref": draft.measure("UNSCR-2371")}) for role in roles)]
        draft.event(label="IMPLEMENT", roles=roles_, attributes={"outcome": "complies"})

    return write


def pronoun(used):
    def write(draft):
        they = draft.actor("They", mention_type="PRO")
        draft.event(roles=[("people", they)] if used else [("people", {"entity": draft.entity()})])

    return write


def twice(label, **fields):
    """A mark of one company, and another entity of its name."""

    def write(draft):
        draft.actor("manager", "COMPANY", draft.make("entity", type="COMPANY", name="Hongxiang Co., Ltd."))
        draft.make("entity", type=label, name="HONGXIANG", **fields)

    return write


def converted(won):
    """Two amounts with what they are in another currency; the first are 173 won to the yuan."""

    def write(draft):
        for yuan, words, other in ((45_000, "7,800,000 KPW", 7_800_000), (300, "52,000 KPW", won)):
            main = draft.money(f"{yuan:,} RMB", yuan, "CNY")
            draft.linked("equivalent_to", draft.money(words, other, "KPW"), main)

    return write


def part(n):
    def write(draft):
        whole = draft.people("300", 300)
        draft.linked("part_of", draft.people("170", n), whole)

    return write


def caused_by(itself):
    def write(draft):
        cause, made = draft.ordered(), new()
        filler = {"event": made if itself else cause}
        draft.event(id=made, roles=[("people", {"entity": draft.entity()}), ("cause", filler)])

    return write


def two_claims(first, second):
    def write(draft):
        draft.claim(first)
        draft.claim(second)

    return write


def confirmed(others):
    def write(draft):
        draft.claim("170 of 300 workers returned", credibility="1", rating_note="Two people say so.")
        for _ in range(others):
            draft.claim("They were ordered home")

    return write


def attributed(**fields):
    return lambda draft: draft.claim("170 of 300 workers returned", **fields)


def unsourced(basis):
    """A claim of which nobody has chosen the source, or of which somebody says that the text gives none."""
    words = [at("170 of 300 workers returned")]
    return lambda draft: draft.make("claim", content=words, source_basis=basis, modality="reported")


def claimed_return(draft):
    """The manager told it."""
    draft.returned()
    draft.claim("170 of 300 workers returned to the North", draft.entity("PERSON"))


def opened(field):
    """What an update empties is not read from the words again."""
    return lambda draft: draft.emptied(draft.returned(), field)


def marked(*words, **fields):
    return lambda draft: draft.mark(*words, **fields)


def with_role(role, label, words):
    return lambda draft: draft.event(roles=[(role, draft.mark(words, label))])


def figured(*args, **values):
    return lambda draft: draft.figure(*args, **values)


TABLE = [
    ("SPAN-01", WRITTEN, marked("PEOPLE", fragments=[at("170", "171")]), marked("170", "PEOPLE")),
    ("SPAN-01", WRITTEN, marked("PEOPLE", fragments=[{"start": len(TEXT), "end": len(TEXT) + 1, "quote": "x"}]), marked("170", "PEOPLE")),
    ("SPAN-02", WRITTEN, marked("170 ", "PEOPLE"), marked("170", "PEOPLE")),
    ("SPAN-02", SUBMITTED, lambda draft: draft.actor("worker"), lambda draft: draft.actor("workers")),
    ("SPAN-03", SUBMITTED, lambda draft: draft.actor("the manager", "PERSON"), lambda draft: draft.actor("manager", "PERSON")),
    ("SPAN-04", SUBMITTED, lambda draft: draft.actor(CREDIT, "MEDIA"), lambda draft: draft.actor("Daily NK", "MEDIA")),
    ("SPAN-05", SUBMITTED, lambda draft: (draft.people("170 of"), draft.people("of 300")), lambda draft: (draft.people("170"), draft.people("300"))),
    ("SPAN-06", WRITTEN, marked("300", "170", "PEOPLE"), marked("170", "300", "PEOPLE")),
    ("SPAN-06", WRITTEN, marked("170", " of", "PEOPLE"), marked("170", "300", "PEOPLE")),
    ("SPAN-06", WRITTEN, marked("170", "They", "PEOPLE"), marked("170", "300", "PEOPLE")),
    ("ACT-01", WRITTEN, lambda draft: draft.actor("North", "TERRITORY", draft.entity("GROUP")), lambda draft: draft.actor("North", "TERRITORY")),
    ("ACT-01", WRITTEN, lambda draft: draft.actor("North", "COMPANY", draft.entity("GROUP")), lambda draft: draft.actor("North", "COMPANY", draft.entity("FACILITY"))),
    ("ACT-01", SUBMITTED, marked("workers", "GROUP"), lambda draft: draft.actor("workers")),
    ("ACT-02", SUBMITTED, pronoun(used=False), pronoun(used=True)),
    ("ACT-03", SUBMITTED, lambda draft: draft.actor("Chinese", "TERRITORY"), lambda draft: draft.actor("China", "TERRITORY")),
    ("ACT-04", SUBMITTED, twice("COMPANY"), twice("FACILITY")),
    ("ACT-04", SUBMITTED, twice("COMPANY"), twice("COMPANY", anonymous=True)),
    ("FIG-01", WRITTEN, figured("170", "PEOPLE", 170, comparator="gt"), figured("170", "PEOPLE", 170)),
    ("FIG-01", WRITTEN, figured("170", "PEOPLE", 170, comparator="between"), figured("170", "PEOPLE", 170, high=171, comparator="between")),
    ("FIG-01", SUBMITTED, lambda draft: draft.mark("workers", "PEOPLE", attributes={"counted": {"entity": draft.entity()}}), lambda draft: draft.people("workers")),
    ("FIG-02", WRITTEN, figured("45,000 RMB", "MONEY", currency="RMB"), figured("45,000 RMB", "MONEY", currency="CNY")),
    ("FIG-02", WRITTEN, figured("300", "DURATION", unit="t"), figured("300", "DURATION", unit="mo")),
    ("FIG-02", SUBMITTED, figured("170", "PEOPLE"), lambda draft: draft.people("170")),
    ("FIG-02", SUBMITTED, lambda draft: draft.figure("170", "SHARE", 170, unit="%", of_whole={"entity": draft.entity()}), lambda draft: draft.figure("170", "SHARE", 17, unit="%", of_whole={"entity": draft.entity()})),
    ("FIG-03", WRITTEN, figured("170", "PEOPLE", vague=True), figured("170", "PEOPLE", vague=True, approximate=True)),
    ("FIG-04", SUBMITTED, lambda draft: draft.people("170"), lambda draft: draft.event(roles=[("count", draft.people("170"))])),
    ("FIG-05", SUBMITTED, part(301), part(300)),
    ("FIG-06", SUBMITTED, converted(25_000), converted(52_000)),
    ("FIG-07", SUBMITTED, lambda draft: draft.people("170", 171), lambda draft: draft.people("170", 170)),
    ("EVT-01", WRITTEN, marked("returned", "REPATRIATE"), Draft.returned),
    ("EVT-01", SUBMITTED, lambda draft: draft.returned(words=None), Draft.returned),
    ("EVT-02", WRITTEN, with_role("count", "TERRITORY", "North"), with_role("destination", "TERRITORY", "North")),
    ("EVT-02", WRITTEN, lambda draft: draft.event(roles=[("count", draft.people("170")), ("count", draft.people("300"))]), lambda draft: draft.event(roles=[("count", draft.people("170"))])),
    ("EVT-02", SUBMITTED, lambda draft: draft.event(label="DESIGNATE", attributes={"action": "list"}), lambda draft: draft.event(label="DESIGNATE", attributes={"action": "list"}, roles=[("target", {"entity": draft.entity()})])),
    ("EVT-03", WRITTEN, caused_by(itself=True), caused_by(itself=False)),
    ("EVT-04", SUBMITTED, Draft.event, Draft.returned),
    ("EVT-05", SUBMITTED, implemented([]), implemented(["measure"])),
    ("EVT-06", WRITTEN, lambda draft: draft.returned(time={"basis": "stated", "edtf": "2017-13"}), lambda draft: draft.returned(time={"basis": "stated", "edtf": "2017-12"})),
    *(("EVT-07", SUBMITTED, opened(field), Draft.returned) for field in ("status", "polarity", "certainty")),
    ("EVT-07", SUBMITTED, opened("status"), lambda draft: draft.returned(status="not_stated")),
    ("ATT-01", WRITTEN, two_claims("170 of 300", "300 workers"), two_claims("170 of 300 workers", "300 workers")),
    ("ATT-02", WRITTEN, attributed(source_basis="none"), attributed()),
    ("ATT-02", SUBMITTED, unsourced(None), unsourced("none")),
    ("ATT-02", SUBMITTED, attributed(source_basis=None), attributed(source_basis="carried")),
    ("ATT-03", SUBMITTED, attributed(reliability="C"), attributed(reliability="C", rating_note="Knows the place.")),
    ("ATT-04", SUBMITTED, confirmed(others=0), confirmed(others=1)),
    ("ATT-05", SUBMITTED, attributed(modality=None), attributed(modality="not_stated")),
    ("ATT-06", SUBMITTED, Draft.returned, claimed_return),
    ("MEA-01", SUBMITTED, lambda draft: draft.measure("UNSCR-2397"), lambda draft: draft.measure("UNSCR-2371")),
]  # fmt: skip


@pytest.fixture(scope="module")
def assignment(django_db_setup, django_db_blocker):
    """One for all rows; what a row writes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = made_assignment()
        yield made
        transaction.set_rollback(True)


def made_assignment():
    published = {"published_edtf": "2017-09", "published_earliest": date(2017, 9, 1), "published_latest": date(2017, 9, 30)}
    owner = factories.article(factories.corpus("rules"), **published)
    document = factories.document(TEXT, of=owner)
    where = at(CREDIT)
    segment = document.segments.get(start=where["start"])
    Zone.objects.create(
        document=document, segment=segment, kind="credit", start=where["start"], end=where["start"] + len("Photo:")
    )
    annotator = factories.user("annotator of rules")
    factories.membership(owner.corpus, annotator, "annotator")
    return factories.assignment(document, annotator)


@pytest.fixture
def outcome(assignment, django_db_blocker):
    """What comes of writing a draft, checking and submitting it: {(code, level, when)}, and whether it was submitted."""

    def run(write):
        draft = Draft()
        write(draft)
        with transaction.atomic():
            found = tried(draft)
            transaction.set_rollback(True)
        assignment.refresh_from_db()
        return found

    def tried(draft):
        try:
            apply_changes(assignment, assignment.annotator, assignment.revision, draft.changes)
        except Invalid as refusal:
            return {(error["code"], "error", WRITTEN) for error in refusal.errors}, False
        found = {(each.code, each.level, SUBMITTED) for each in findings(assignment)}
        try:
            submit(assignment)
        except Invalid:
            return found, False
        return found, True

    with django_db_blocker.unblock():
        yield run


def test_every_check_of_the_scheme_has_a_row():
    assert {code for code, *_ in TABLE} == set(RULES)


@pytest.mark.parametrize(("code", "when", "broken", "sound"), TABLE, ids=[code for code, *_ in TABLE])
def test_what_breaks_a_rule_brings_its_code_and_its_sound_neighbour_does_not(code, when, broken, sound, outcome):
    found, submitted = outcome(broken)
    level = RULES[code]["level"]
    assert (code, level, when) in found
    assert submitted == (level == "warning"), found
    assert code not in {other for other, _, _ in outcome(sound)[0]}


def test_a_name_inside_a_longer_name_is_a_warning_only(outcome):
    nested = outcome(lambda draft: (draft.actor("Daily NK", "MEDIA"), draft.actor("NK", "TERRITORY")))
    assert nested == ({("SPAN-05", "warning", SUBMITTED)}, True)
