"""Files of other tools come in by a mapping of their words: previewed, each document whole or not at all, and once."""

import copy
import io
import json

import pytest
from django.core.management import CommandError, call_command

from annotations.formats import FORMATS
from annotations.formats.base import Losses
from annotations.formats.middle.flat import Flat, Mark
from annotations.formats.middle.flatten import flatten
from annotations.formats.middle.mapping import Mapping
from annotations.imports.annotators import Annotators
from annotations.imports.foreign import Reading, guess, readers
from annotations.imports.load import ImportTarget, load_file, preview
from annotations.models import Assignment, Change, Span
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView
from corpus.models import Article, Document, Intake
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
TEXT = (factories.DOMAIN / "gold_seed.txt").read_bytes().decode()
VIEW = SchemeView(json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8")))
ONLY_WORDS = ("conll2003",)
BOTH = sorted(name for name in readers() if hasattr(FORMATS[name], "write"))


def written(name, *flats):
    return b"".join(FORMATS[name].write(list(flats), Losses(), {}))


def doccano(text, *labels, key=""):
    flat = Flat(text, [Mark(str(n), label, [(0, len(text.split()[0]))]) for n, label in enumerate(labels, 1)], key=key)
    flat.annotator = "alice"
    return flat


@pytest.fixture
def bring(scheme, corpus, annotator):
    """Load a file; (report, reading)."""

    def run(name, content, mapping=None, by=load_file):
        reading = Reading.into(corpus, name, mapping)
        door = ImportTarget(corpus, annotator, Annotators(corpus, annotator), reader=name)
        return by(door, reading.documents(io.BytesIO(content), "a.file")), reading

    return run


@pytest.mark.parametrize("name", BOTH)
def test_the_gold_comes_in_from_each_format_once(bring, name):
    """What our own writer has made of it; a rule that a format cannot keep is told with the mark."""
    whole = Annotated(copy.deepcopy(GOLD) | {"text": TEXT}, TEXT, VIEW)
    if name == "native":
        content = json.dumps(whole.native).encode()
    else:
        content = written(name, flatten(whole, FORMATS[name].HOLDS, Losses()))
    report, _ = bring(name, content)
    assert report.errors == []
    assert report.texts == 1
    assert report.written["span"] > 100
    said = Document.objects.get().text
    if name in ONLY_WORDS:
        assert said.split() != TEXT.split()  # one space between words, which TEXT has not everywhere
        assert "".join(said.split()) == "".join(TEXT.split())
    else:
        assert said == TEXT
    again, _ = bring(name, content)
    assert again.line() == "nothing to do: everything was already imported"


def test_words_are_read_by_the_mapping_and_the_rest_is_counted(bring):
    content = written("doccano", doccano("Kim left.", "Politician", "Smell"))
    report, reading = bring("doccano", content, Mapping(marks={"Politician": "ACTOR.PERSON"}))
    assert report.line() == "1 article, 1 mark"
    assert reading.losses.lines() == ["marks labelled “Smell”: 1"]
    assert dict(reading.words["marks"]) == {"Politician": 1, "Smell": 1}
    assert reading.meanings().marks == {"Politician": "ACTOR.PERSON", "Smell": None}
    assert Span.objects.get().label.code == "PERSON"


def test_a_preview_says_the_same_and_stores_nothing(bring):
    content = written("doccano", doccano("Kim left.", "PERSON"), doccano("Pak left.", "MONEY"))
    seen, _ = bring("doccano", content, by=preview)
    for model in (Article, Document, Assignment, Change, Span, Intake):
        assert not model.objects.exists()
    report, _ = bring("doccano", content)
    assert (seen.line(), seen.errors) == (report.line(), report.errors)


def test_a_mark_that_a_rule_refuses_stops_its_document_alone(bring):
    flat = Flat("Kim left. ", [Mark("1", "PERSON", [(0, 4)])])
    report, _ = bring("doccano", written("doccano", flat, doccano("Pak left.", "PERSON")))
    (error,) = report.errors
    assert error.startswith("a.file, line 1: SPAN-02 ")
    assert report.texts == 1


@pytest.mark.parametrize("name", BOTH)
def test_a_format_is_guessed(name):
    whole = Annotated(copy.deepcopy(GOLD), TEXT, VIEW)
    if name == "native":
        content = b"".join(FORMATS[name].write([whole], Losses(), {}))
    else:
        content = written(name, flatten(whole, FORMATS[name].HOLDS, Losses()))
    assert guess(io.BytesIO(content), f"a{FORMATS[name].EXTENSION}") == name


def test_the_command_takes_a_mapping_and_checks_first(scheme, corpus, tmp_path, capsys):
    file, words = tmp_path / "marks.jsonl", tmp_path / "words.json"
    file.write_bytes(written("doccano", doccano("Kim left.", "Politician", "Smell")))
    words.write_text('{"marks": {"Politician": "ACTOR.PERSON"}}')
    options = {"corpus": "reports", "format": "doccano", "map": words, "named": True}
    call_command("load", str(file), check=True, **options)
    told = capsys.readouterr()
    assert told.out == f"{file}: would load 1 article, 1 mark\n"
    assert told.err == f"{file}: not included: marks labelled “Smell”: 1\n"
    assert not Article.objects.exists()
    call_command("load", str(file), **options)
    assert capsys.readouterr().out == f"{file}: 1 article, 1 mark\n"
    assert not Assignment.objects.get().annotator.is_active


def test_what_is_asked_of_a_format_is_given_on_the_command_line(scheme, corpus, tmp_path, capsys):
    text, annotations = tmp_path / "article.txt", tmp_path / "marks.jsonld"
    text.write_text("Kim left.")
    target = {"source": "https://example.org/a", "selector": {"type": "TextQuoteSelector", "exact": "Kim"}}
    body = {"type": "TextualBody", "purpose": "tagging", "value": "PERSON"}
    one = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:1", "type": "Annotation", "body": body, "target": target}
    annotations.write_text(json.dumps(one))
    options = {"corpus": "reports", "format": "webannotation", "named": True}
    with pytest.raises(CommandError, match="1 of 1 files"):
        call_command("load", str(annotations), **options)
    assert "choose the article" in capsys.readouterr().err
    call_command("load", str(annotations), option=[f"text=@{text}", "offsets=codepoints"], **options)
    assert capsys.readouterr().out == f"{annotations}: 1 article, 1 mark\n"
    for wrong in ("colour=red", "offsets=bytes", "text=@nowhere.txt"):
        with pytest.raises(CommandError, match="--option: "):
            call_command("load", str(annotations), option=[wrong], **options)
    capsys.readouterr()
    call_command("export", corpus="reports", format="conll2003", drafts=True, option=["scheme=iobes", "separator=tab"])
    assert capsys.readouterr().out == "-DOCSTART-\t-X-\t-X-\tO\n\nKim\t-X-\t_\tS-PERSON\nleft\t-X-\t_\tO\n.\t-X-\t_\tO\n\n"
    with pytest.raises(CommandError, match="scheme should be one of"):
        call_command("export", corpus="reports", format="conll2003", drafts=True, option=["scheme=io"])
