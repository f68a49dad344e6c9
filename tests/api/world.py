"""Two corpora with everything in them, and the cast: people named by what they may do in the first.

Every text of a corpus holds its canary, so that a leak shows whatever form it takes.
"""

import uuid
from datetime import timedelta
from functools import cached_property
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import get_user_model
from django.middleware.csrf import _get_new_csrf_string
from django.utils import timezone
from rest_framework.test import APIClient

from annotations.models import FormatMapping, Load, Scheme
from annotations.schemes.stored import copy_version
from annotations.write.apply import apply_changes
from corpus.intake.review import hold
from corpus.models import Edit, Feed, Intake, IntakeItem, Invitation, Token
from corpus.near_duplicates.stories import join
from corpus.passages.index import index_all
from corpus.readers.extracted import Record
from registry.models import Measure
from tests import everything, factories, marks

ROLES = (
    "anonymous", "authenticated_no_project", "foreign_manager", "viewer", "annotator", "reviewer", "manager",
    "ex_member", "deactivated_user", "site_admin", "token_readonly", "token_annotator", "token_expired",
    "token_revoked", "token_of_ex_member", "csrf_less_session",
)  # fmt: skip

TEXT = (
    "{canary} title\n\nThere used to be 300 North Korean workers here. But 170 were forced to return to the North, "
    "a manager told {canary} News. 💩 UNSC Resolution 2371 bans them. They earn 45,000 RMB per month."
)


PEOPLE = (
    "authenticated_no_project", "foreign_manager", "viewer", "annotator", "reviewer", "manager", "ex_member",
    "deactivated_user",
)  # fmt: skip


def new():
    return str(uuid.uuid4())


def change(op, kind, item):
    return {"id": new(), "op": op, "kind": kind, "object": item}


def newer_scheme(scheme):
    """A version that nothing uses yet."""
    return Scheme.objects.filter(version="9.0.0").first() or copy_version(scheme, "9.0.0")


def fragment(text, quote, after=0):
    start = text.index(quote, after)
    return {"start": start, "end": start + len(quote), "quote": quote}


def seven_kinds(text, canary):
    """A batch that makes one thing of every kind, each pointing where it can. The ids by name, the changes."""
    at = {name: new() for name in ("group", "country", "relation", "actor", "figure", "part", "event", "trigger",
                                   "other", "second", "citation", "claim", "link")}  # fmt: skip
    entity = {"reference": "specific", "aliases": [f"{canary} alias"], "note": f"{canary} note"}

    known = {"status": "happened", "polarity": "positive", "certainty": "certain", "attributes": {"manner": "unspecified"}}
    said = {"mode": "indirect", "modality": "asserted", "evidence": "unspecified", "reliability": "F", "credibility": "6"}

    def words(quote):
        return [fragment(text, quote)]

    made = [
        ("entity", {"id": at["group"], "type": "GROUP", "name": f"{canary} workers"} | entity),
        ("entity", {"id": at["country"], "type": "TERRITORY", "name": f"{canary} North", "reference": "specific", "countries": ["KP"]}),
        ("relation", {"id": at["relation"], "source": at["group"], "type": "located_in", "target": at["country"]}),
        ("span", {"id": at["actor"], "layer": "ACTOR", "label": "GROUP", "fragments": words("North Korean workers"),
                  "attributes": {"mention_type": "NOM", "entity": at["group"]}}),
        ("span", {"id": at["figure"], "layer": "FIGURE", "label": "PEOPLE", "fragments": words("300"),
                  "attributes": {"counted": {"mention": at["actor"]}, "use": "reported"}}),
        ("span", {"id": at["part"], "layer": "FIGURE", "label": "PEOPLE", "fragments": words("170"),
                  "attributes": {"counted": {"mention": at["actor"]}, "use": "reported"}}),
        ("citation", {"id": at["citation"], "fragments": words("UNSC Resolution 2371"), "measure": "UNSCR-2371",
                      "paragraph_basis": "none", "note": f"{canary} note"}),
        ("event", {"id": at["event"], "type": "REPATRIATE", **known, "arguments": [{"role": "people", "mention": at["actor"]}],
                   "note": f"{canary} note"}),
        ("span", {"id": at["trigger"], "layer": "EVENT", "label": "REPATRIATE", "fragments": words("return"),
                  "event": at["event"]}),
        ("event", {"id": at["other"], "type": "REPATRIATE", **known}),
        ("span", {"id": at["second"], "layer": "EVENT", "label": "REPATRIATE", "fragments": words("forced"),
                  "event": at["other"]}),
        ("claim", {"id": at["claim"], "source_entity": at["group"], "source_basis": "stated", **said,
                   "cue": words("told"), "content": words("170 were forced to return to the North"),
                   "note": f"{canary} note"}),
        ("link", {"id": at["link"], "type": "part_of", "source": at["part"], "target": at["figure"]}),
    ]  # fmt: skip
    return at, [change("create", kind, item) for kind, item in made]


def corpus_with_everything(name, annotator, reviewer):
    """A corpus, its articles, an annotator's marks and the gold; what is in it by name."""
    canary = f"{name}canary"
    corpus = factories.corpus(name, name=f"{canary} corpus", description=f"{canary} description")
    factories.adopt(corpus)
    for who, role in ((annotator, "annotator"), (reviewer, "reviewer")):
        factories.membership(corpus, who, role)
    outlet = factories.outlet(corpus, f"{canary} outlet")
    article = factories.article(corpus, f"{canary} title", outlet=outlet, url=f"https://example.org/{canary}", language="en")
    document = factories.document(TEXT.format(canary=canary), of=article)
    unread = factories.document(f"{canary} unread", corpus=corpus)
    intake = Intake.objects.create(corpus=corpus, user=annotator, door="api", finished=timezone.now())
    IntakeItem.objects.create(intake=intake, name=f"{canary}.txt", outcome="stored", document=document)
    held = hold(intake, Record.of_text(f"{canary} waits for a look", name=f"{canary}.html"))
    load = Load.objects.create(corpus=corpus, user=annotator, name=f"{canary}.jsonl", format="doccano", content=b"{}")
    words = {"marks": [[f"{canary} Person", "ACTOR.PERSON"]]}
    FormatMapping.objects.create(corpus=corpus, format="brat", words=words, changed_by=annotator)
    feed = Feed.objects.create(corpus=corpus, url=f"https://{canary}.example/feed", created_by=annotator, due=timezone.now())
    join(article, unread.article)
    sanctions_list = everything.one_list(corpus)
    own = factories.assignment(document, annotator)
    gold = factories.assignment(document, reviewer, role="adjudication", status="open")
    ids, changes = seven_kinds(document.text, canary)
    apply_changes(own, annotator, 0, changes)
    gold_ids, gold_changes = seven_kinds(document.text, canary)
    apply_changes(gold, reviewer, 0, gold_changes)
    factories.submitted(gold)
    index_all()
    return SimpleNamespace(canary=canary, corpus=corpus, outlet=outlet, article=article, document=document, unread=unread,
                           intake=intake, held=held, feed=feed, load=load, assignment=own, gold=gold, ids=ids, gold_ids=gold_ids, list=sanctions_list, made={})  # fmt: skip


class World:
    """The cast, and two corpora that come into being when a test asks for them."""

    def __init__(self):
        self.scheme = factories.scheme()
        assert Measure.objects.filter(code="UNSCR-2371").exists()
        marks.base_entity("shared-land")
        model = get_user_model()
        people = [model(username=name, email=f"{name}@mailcanary.example") for name in PEOPLE]
        people.append(model(username="site_admin", is_staff=True, is_superuser=True))
        self.cast = {person.username: person for person in model.objects.bulk_create(people)}
        self.clients = Clients(self)

    @cached_property
    def own(self):
        own = corpus_with_everything("own", self.cast["annotator"], self.cast["reviewer"])
        for role in ("viewer", "manager"):
            factories.membership(own.corpus, self.cast[role], role)
        factories.membership(own.corpus, self.cast["deactivated_user"], "manager")
        own.left = factories.assignment(own.unread, self.cast["ex_member"])  # of one who was a member once
        member = {"corpus": own.corpus, "kind": "member", "object": self.cast["viewer"].pk, "label": "viewer"}
        own.edit = Edit.objects.create(**member, after={"role": "viewer"}, user=self.cast["manager"])
        own.batch = uuid.uuid4()
        about = {"corpus": own.corpus, "kind": "article", "object": own.article.pk, "label": "x", "batch": own.batch}
        Edit.objects.create(**about, before={"language": ""}, after={"language": "en"}, user=self.cast["manager"])
        reading = {"corpus": own.corpus, "kind": "reading", "object": own.left.pk, "label": "x", "batch": own.batch}
        Edit.objects.create(**reading, after={"annotator": "ex_member", "due": ""}, user=self.cast["manager"])
        week = {"corpus": own.corpus, "created_by": self.cast["manager"], "role": "viewer"}
        own.invitation, _ = Invitation.issue(timedelta(days=7), **week)
        own.token, _ = Token.issue(self.cast["annotator"], "a mirror", ["read"])
        return own

    @cached_property
    def foreign(self):
        strangers = [factories.user(f"foreigncanary-{role}") for role in ("annotator", "reviewer")]
        foreign = corpus_with_everything("foreign", *strangers)
        factories.membership(foreign.corpus, self.cast["foreign_manager"], "manager")
        return foreign


# Ways in


def session(user, csrf=True):
    """A browser's session; with `csrf`, it sends the token as our pages do."""
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(user)
    if csrf:
        secret = _get_new_csrf_string()
        client.cookies[settings.CSRF_COOKIE_NAME] = secret
        client.credentials(HTTP_X_CSRFTOKEN=secret)
    return client


def bearer(user, *scopes, **fields):
    _, secret = Token.issue(user, "a test", list(scopes), **fields)
    return holding(secret)


def holding(secret):
    client = APIClient(enforce_csrf_checks=True)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


class Clients(dict):
    """Role → client, made when it is asked for."""

    def __init__(self, world):
        super().__init__()
        self.cast = world.cast

    def __missing__(self, role):
        self[role] = found = self.token(role) if role.startswith("token") else self.browser(role)
        return found

    def token(self, role):
        owner, now = self.cast["annotator"], timezone.now()
        everything = Token.Scope.values
        if role == "token_of_ex_member":
            return bearer(self.cast["ex_member"], *everything)
        made = {
            "token_readonly": (["read"], {}),
            "token_annotator": (["annotate"], {}),
            "token_expired": (everything, {"expires": now - timedelta(seconds=1)}),
            "token_revoked": (everything, {"revoked": now}),
        }
        scopes, fields = made[role]
        return bearer(owner, *scopes, **fields)

    def browser(self, role):
        if role == "anonymous":
            return APIClient(enforce_csrf_checks=True)
        if role == "csrf_less_session":
            return session(self.cast["annotator"], csrf=False)
        client = session(self.cast[role])
        if role == "deactivated_user":
            type(self.cast[role]).objects.filter(pk=self.cast[role].pk).update(is_active=False)
        return client
