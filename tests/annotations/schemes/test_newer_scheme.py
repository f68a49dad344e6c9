"""A newer version of the scheme: the demo goes over to it, what is marked keeps its own, and older files can be loaded."""

import json

import pytest
from django.core.management import call_command

from annotations.assign import open_for
from annotations.documents.build import document
from annotations.imports.load import LoadError, load
from annotations.management.commands import demo
from annotations.models import Assignment, CorpusScheme, Scheme
from annotations.models.scheme import numbers
from annotations.schemes.of_corpus import adopt
from corpus.models import Corpus, Document
from registry.models import Measure
from tests import factories
from tests.native_diff import compare

pytestmark = pytest.mark.django_db
NOW = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))


@pytest.fixture
def run_demo(tmp_path, settings, monkeypatch):
    """Runs the demo as an installation whose scheme has a version, and perhaps something else in it."""
    settings.DATA_FOLDER = tmp_path

    def run(version, change=lambda body: None):
        folder = tmp_path / version
        folder.mkdir(exist_ok=True)
        scheme, gold = json.loads(json.dumps(NOW)), json.loads(json.dumps(GOLD))
        scheme["scheme"]["version"] = gold["scheme"]["version"] = version
        change(scheme)
        for name, body in (("scheme.json", scheme), ("gold_seed.json", gold)):
            (folder / name).write_text(json.dumps(body), "utf-8")
        (folder / demo.SEED).write_bytes((factories.DOMAIN / demo.SEED).read_bytes())
        monkeypatch.setattr(demo, "DOMAIN", folder)
        monkeypatch.setattr(demo, "screen", lambda *arguments: None)
        monkeypatch.setattr(demo, "begin_work", lambda *arguments: None)
        monkeypatch.setattr(demo, "bring_in", lambda *arguments: None)  # its readings are of the version of today
        call_command("demo", no_serve=True)
        return Corpus.objects.get(slug="demo")

    return run


def test_the_demo_goes_over_to_a_newer_version_and_what_is_marked_keeps_its_own(run_demo, capsys):
    corpus = run_demo("1.0.0", lambda body: [body.pop(part) for part in ("role_cues", "chain", "event_filters")])
    assert run_demo("1.1.0") == corpus
    gold = Assignment.objects.gold().get(document__corpus=corpus)
    made, _ = open_for(factories.user("newcomer"), Document.objects.get(corpus=corpus))
    assert (gold.scheme.version, made.scheme.version) == ("1.0.0", "1.1.0")
    assert Measure.objects.count() == 21

    # A file of the older version is read under the newer one, and comes out as it went in.
    older = json.dumps(GOLD | {"scheme": GOLD["scheme"] | {"version": "1.0.0"}}).encode()
    load(corpus, older, name="older.json", annotator=made.annotator, user=made.annotator, role="annotation")
    assert [
        str(each) for each in compare(json.loads(older), document(made)) if each.kind in ("scheme", "mark", "event", "claim")
    ] == []

    # The file of a developer who forgot to raise the version: nothing is lost, and it is said.
    run_demo("1.1.0", lambda body: body["layers"][0]["labels"][0].update(name="Individual"))
    assert "1.1.0 of sanctions-core is in use and differs: raise `version`" in capsys.readouterr().err
    assert CorpusScheme.objects.get(corpus=corpus).scheme == made.scheme


def test_a_file_of_a_newer_version_is_not_read_under_an_older_one(run_demo):
    corpus = run_demo("1.0.0")
    newer = json.dumps(GOLD | {"scheme": GOLD["scheme"] | {"version": "1.1.0"}}).encode()
    who = factories.user("newcomer")
    with pytest.raises(LoadError, match=r"scheme sanctions-core 1\.1\.0 is not loaded"):
        load(corpus, newer, name="newer.json", annotator=who, user=who, role="annotation")


@pytest.mark.parametrize(
    ("own", "offered", "adopted"),
    [
        (("core", "1.9.0"), ("core", "1.10.0"), True),
        (("core", "1.10.0"), ("core", "1.9.0"), False),
        (("core", "1.9.0"), ("core", "2.0.0"), False),
        (("house", "1.0.0"), ("core", "1.1.0"), False),
    ],
)
def test_a_corpus_goes_over_to_a_newer_version_of_its_own_scheme_only(own, offered, adopted):
    corpus = factories.corpus()
    first, second = (Scheme.objects.create(code=code, version=version, name=code) for code, version in (own, offered))
    CorpusScheme.objects.create(corpus=corpus, scheme=first)
    adopt(corpus, second)
    assert CorpusScheme.objects.get(corpus=corpus).scheme == (second if adopted else first)


def test_versions_are_compared_as_numbers():
    assert numbers("1.10.0") > numbers("1.9.0") > numbers("1.9") > numbers("")
