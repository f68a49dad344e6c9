"""A file that cannot be loaded says where it is wrong, and leaves nothing behind."""

import json

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Assignment, Change
from corpus.intake.ingest import ingest
from corpus.models import Article, Outlet
from registry.models import Entity
from tests import factories

pytestmark = pytest.mark.django_db
GOLD = factories.DOMAIN / "gold_seed.json"
SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"


@pytest.fixture
def seed(scheme, annotator):
    corpus = factories.corpus("seed")
    ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
    return corpus


@pytest.fixture
def refused(seed, capsys):
    """Load a file, which must fail; what is said. Nothing may be left of it."""

    def run(*paths):
        with pytest.raises(CommandError) as caught:
            call_command("load", *map(str, paths), corpus="seed", format="native", annotator="annotator")
        assert str(caught.value) == f"{len(paths)} of {len(paths)} files were not imported"
        assert not Assignment.objects.exists()
        assert not Entity.objects.exists()
        assert not Change.objects.exists()
        assert not Outlet.objects.exists()
        return capsys.readouterr().err.strip()

    return run


@pytest.fixture
def changed(tmp_path):
    """The gold with one thing changed, as a file."""

    def make(change):
        body = json.loads(GOLD.read_text("utf-8"))
        change(body)
        path = tmp_path / "changed.json"
        path.write_text(json.dumps(body), "utf-8")
        return path

    return make


def told(path, said):
    """A file of one line says so."""
    return said.replace(f"{path}, line 1: ", f"{path}: ", 1)


def test_a_missing_file_is_named(refused, tmp_path):
    path = tmp_path / "missing.json"
    assert refused(path) == f"{path}: cannot be read: No such file or directory"


def test_a_folder_is_no_file(refused, tmp_path):
    assert refused(tmp_path) == f"{tmp_path}: cannot be read: Is a directory"


CONTENTS = {
    b"": "the file is empty",
    b" \n\n": "the file is empty",
    bytes(range(256)): "byte 128 is not UTF-8",
    b"\xff\xfe{\x00}\x00": "byte 0 is not UTF-8",
    b"\x00" * 100: "not JSON: Expecting value: line 1",
    b"PK\x03\x04 not a text": "not a ZIP archive: File is not a zip file",
    b"[" * 100_000: "nested too deep",
    b'{"a": ' * 3_000 + b"1" + b"}" * 3_000: "nested too deep",
    b'{"format": 1' + b"0" * 5_000 + b"}": "Exceeds the limit",
    b'{"a": 1,\n"b"}': "not JSON: Expecting ':' delimiter: line 2",
    b'{"format": "sanctions-gold/1"}\n{bad\n': "scheme should be an object",
    b'{bad\n{"format": "sanctions-gold/1"}\n': "not JSON: Expecting property name",
    b"[1, 2]": "the file should contain a JSON object",
    b"null": "the file should contain a JSON object",
    b'{"format": "brat"}': "`format` should be sanctions-gold/1, not 'brat'",
    b'{"format": {"\\ud800": 1}}': "U+D800 cannot be stored",
    b'{"format": "sanctions-gold/1"}': "scheme should be an object",
}


@pytest.mark.parametrize("content", CONTENTS)
def test_what_is_no_native_file_is_told_apart(refused, tmp_path, content):
    path = tmp_path / "file.json"
    path.write_bytes(content)
    assert told(path, refused(path)).startswith(f"{path}: {CONTENTS[content]}")


def mark(body, name):
    return next(item for item in body["mentions"] if item["id"] == name)


WRONG = {
    "A13's quote": (
        lambda body: mark(body, "A13")["fragments"][0].update(quote="South Korean workers"),
        "SPAN-01 A13 the text has 'North Korean workers' at 416–436, not 'South Korean workers'",
    ),
    "A13's offsets": (
        lambda body: mark(body, "A13")["fragments"][0].update(start=417, end=437),
        "SPAN-01 A13 the text has",
    ),
    "an offset behind the text": (
        lambda body: mark(body, "A13")["fragments"][0].update(start=90_000, end=90_020),
        "SPAN-01 A13 ",
    ),
    "no fragments": (
        lambda body: mark(body, "A13").update(fragments=[]),
        "malformed A13 object fragments should have 1",
    ),
    "a claim's quote": (
        lambda body: body["attributions"][0]["content"][0].update(quote="x"),
        "SPAN-01 Q1 the text has",
    ),
    "a value against its comparator": (
        lambda body: mark(body, "F01")["attributes"].update(low=400),
        "FIG-01 F01 ",
    ),
    "a value that is none": (
        lambda body: mark(body, "F01")["attributes"].update(low="300"),
        "malformed F01 object attributes low should be a number",
    ),
    "a value without end": (
        lambda body: mark(body, "F01")["attributes"].update(low=float("inf")),
        "Infinity is not a JSON number",
    ),
    "a label": (lambda body: mark(body, "A13").update(label="NATION"), "SCHEME A13 layer ACTOR has no label 'NATION'"),
    "a role": (
        lambda body: body["events"][0]["arguments"][0].update(role="victim"),
        "EVT-02 EV01 REPATRIATE has no role 'victim'",
    ),
    "arguments that are no list": (
        lambda body: body["events"][0].update(arguments=None),
        "malformed EV01 object arguments should be a list",
    ),
    "a filler that is not there": (
        lambda body: body["events"][0]["arguments"][0].update(mention="A999"),
        "EV01: the file has no object called 'A999'",
    ),
    "a filler of another kind": (
        lambda body: body["events"][0]["arguments"][0].update(mention="EV02"),
        "unknown-reference EV01 no such span: EV02",
    ),
    "an entity that is not there": (
        lambda body: mark(body, "A13")["attributes"].update(entity="E-NOBODY"),
        "A13: the file has no object called 'E-NOBODY'",
    ),
    "an entity without a name": (lambda body: body["entities"][0].pop("name"), "malformed E-CN object lacks 'name'"),
    "a NUL": (
        lambda body: body["entities"][0].update(note="a\0b"),
        "U+0000 cannot be stored",
    ),
    "half a surrogate pair": (
        lambda body: body["entities"][0].update(note="a\ud800b"),
        "U+D800 cannot be stored",
    ),
    "a link to nothing": (
        lambda body: body["relations"][0].update(target="F999"),
        "F02-part_of-F999: the file has no object called 'F999'",
    ),
    "a relation of a type that is none": (
        lambda body: body["entity_relations"][0].update(type="loves"),
        "SCHEME E-DDG-loves-E-LN type: 'loves' is not one of",
    ),
    "an id twice": (lambda body: body["mentions"].append(body["mentions"][0]), "A01 occurs twice in the file"),
    "a link twice": (
        lambda body: body["relations"].append(body["relations"][0]),
        "F02-part_of-F01 occurs twice in the file",
    ),
    "no id": (lambda body: body["mentions"][3].pop("id"), "mentions[3]: id should be a string"),
    "marks that are no list": (lambda body: body.update(mentions={}), "mentions should be a list"),
    "a mark that is no object": (lambda body: body["mentions"].insert(2, "A03"), "mentions[2] should be an object"),
    "another unit": (
        lambda body: body["offsets"].update(unit="utf16"),
        "offsets unit is 'utf16'; only unicode_code_point is supported",
    ),
    "another scheme": (
        lambda body: body["scheme"].update(code="house-rules"),
        "scheme house-rules 1.1.0 is not loaded: run load_scheme",
    ),
    "another version of the scheme": (
        lambda body: body["scheme"].update(version="9.9.9"),
        "scheme sanctions-core 9.9.9 is not loaded: run load_scheme",
    ),
    "another text": (
        lambda body: body["document"].update(clean_sha256="0" * 64),
        (
            "the text of “More North Korean factory workers in Dandong repatriated” (SHA-256 000000000000…) is not in "
            "the corpus seed: import it first"
        ),
    ),
    "no text": (lambda body: body["document"].pop("clean_sha256"), "it has neither a text nor a clean_sha256"),
    "a day that is none": (
        lambda body: body["document"]["published"].update(earliest="2017-02-30"),
        "document published earliest should be a date like 2017-09-04",
    ),
    "days in the wrong order": (
        lambda body: body["document"]["published"].update(edtf="autumn", earliest="2018-01-01"),
        "its metadata of the article differs from the article in the corpus (article published order)",
    ),
    "a title that is a list": (lambda body: body["document"].update(title=["x"]), "document title should be a string"),
}


@pytest.mark.parametrize("what", WRONG)
def test_one_wrong_thing_is_named_and_nothing_is_stored(refused, changed, what):
    change, said = WRONG[what]
    path = changed(change)
    assert told(path, refused(path)).startswith(f"{path}: {said}")


def test_all_wrong_quotes_are_named_at_once(refused, changed):
    def wrong(body):
        for name in ("A13", "F01"):
            mark(body, name)["fragments"][0]["quote"] = "x"

    said = refused(changed(wrong))
    assert "SPAN-01 A13" in said
    assert "SPAN-01 F01" in said


def test_of_very_many_faults_the_first_are_named_and_the_rest_counted(refused, changed):
    def wrong(body):
        for item in body["mentions"]:
            item["fragments"][0]["quote"] = "x"

    said = refused(changed(wrong))
    assert said.count("SPAN-01") == 20
    assert said.endswith("; and 109 more")


def test_a_mark_nested_deep_is_refused(refused, tmp_path):
    body = json.loads(GOLD.read_text("utf-8"))
    text = json.dumps(body).replace('"counted": {"mention": "A13"}', '"counted": ' + '{"a": ' * 20_000 + "1" + "}" * 20_000)
    path = tmp_path / "deep.json"
    path.write_text(text, "utf-8")
    assert refused(path) == f"{path}, line 1: nested too deeply"


def test_a_key_that_another_article_has_is_refused(refused, seed):
    facts = json.loads(GOLD.read_text("utf-8"))["document"]
    Article.objects.create(corpus=seed, title="Another", key=facts.get("key") or facts["id"])
    assert "differs from the article in the corpus (article key once)" in refused(GOLD)


def test_the_good_files_of_several_are_loaded(seed, tmp_path, capsys):
    bad = tmp_path / "bad.json"
    bad.write_bytes(b"{}")
    with pytest.raises(CommandError, match="1 of 2 files were not imported"):
        call_command("load", str(bad), str(GOLD), corpus="seed", format="native", annotator="annotator")
    said = capsys.readouterr()
    assert said.err.startswith(f"{bad}: `format`")
    assert said.out.startswith(f"{GOLD}: 37 entities")


def test_one_bad_line_stops_only_itself(seed, tmp_path, capsys):
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(json.loads(GOLD.read_text("utf-8"))) + '\n{"format": "brat"}\n', "utf-8")
    with pytest.raises(CommandError):
        call_command("load", str(path), corpus="seed", format="native", annotator="annotator")
    said = capsys.readouterr()
    assert said.err == f"{path}, line 2: `format` should be sanctions-gold/1, not 'brat'\n"
    assert said.out.startswith(f"{path}: 37 entities")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"corpus": "nowhere", "annotator": "annotator"}, "no such corpus: 'nowhere'"),
        ({"corpus": "seed", "annotator": "stranger"}, "no such account: 'stranger'"),
    ],
)
def test_a_wrong_name_on_the_command_line_is_told(seed, options, said):
    with pytest.raises(CommandError, match=said):
        call_command("load", str(GOLD), format="native", **options)
