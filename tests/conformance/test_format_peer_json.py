"""Files of doccano, Label Studio and Prodigy: what is expected of them stands in them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from annotations.formats import doccano
from annotations.formats.base import Losses, Unreadable
from annotations.formats.labelstudio import task_list
from annotations.formats.middle.flat import Flat
from annotations.formats.prodigy import examples
from tests.annotations.formats.flats import shape

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "peer_json"
pytestmark = pytest.mark.others("data", "peer_json", instead="tests/annotations/formats/test_doccano.py")


def read(chosen: ModuleType, name: str) -> list[Flat | Unreadable]:
    with (FOLDER / name).open("rb") as file:
        return list(chosen.read(file, name.rpartition("/")[2], {}))


def again(chosen: ModuleType, flats: list[Flat]) -> None:
    """Written and read, they say the same."""
    losses = Losses()
    content = b"".join(chosen.write(flats, losses, {}))
    found = list(chosen.read(BytesIO(content), "again", {}))
    assert not losses
    assert [shape(flat, ids=False) for flat in found] == [shape(flat, ids=False) for flat in flats]


def test_spans_of_doccano() -> None:
    first, second, third = read(doccano, "doccano/sequence_labeling__example.jsonl")
    assert isinstance(first, Flat)
    assert isinstance(second, Flat)
    assert [(mark.label, mark.fragments) for mark in first.marks] == [("LOC", [(0, 1)])]
    assert not second.marks
    assert isinstance(third, Unreadable)
    assert "line 3: text: should be a string" in str(third)
    again(doccano, [first, second])
    print("doccano, spans: 2 records, 1 span, 1 record without a text named")


def test_relations_of_doccano() -> None:
    (flat,) = read(doccano, "doccano/relation_extraction__example.jsonl")
    assert isinstance(flat, Flat)
    expected = json.loads((FOLDER / "expected.json").read_text("utf-8"))["doccano/relation_extraction__example.jsonl"]
    assert (len(flat.marks), len(flat.ties)) == (expected["entities"], expected["relations"])
    assert [flat.quote(mark) for mark in flat.marks] == ["Google", "September 4, 1998", "Larry Page", "Sergey Brin"]
    again(doccano, [flat])
    print(f"doccano, relations: 1 record, {len(flat.marks)} entities, {len(flat.ties)} relations")


def test_other_files_of_doccano_lose_nothing_in_silence() -> None:
    found = read(doccano, "doccano/intent__example.jsonl") + read(doccano, "doccano/text_classification__example.jsonl")
    assert sum(isinstance(each, Unreadable) for each in found) == 1
    lost = sum((each.losses.counts["labels of whole documents"] for each in found if isinstance(each, Flat)), 0)
    assert lost == 2 + 3


def test_regions_of_label_studio() -> None:
    (flat,) = read(task_list, "label_studio/ner_completions_348.json")
    assert isinstance(flat, Flat), flat
    whole = json.loads((FOLDER / "label_studio/ner_completions_348.json").read_text("utf-8"))
    regions = [each for each in whole["completions"][0]["result"] if each["type"] == "labels"]
    assert len(flat.marks) == len(regions) == 38
    assert [flat.quote(mark) for mark in flat.marks] == [each["value"]["text"] for each in regions]
    again(task_list, [flat])
    print(f"Label Studio: 1 task, {len(flat.marks)} regions")


@pytest.mark.parametrize("name", ["test_export_csv__csv_test2.json", "test_export_json_min__data.json"])
def test_tasks_of_pictures_are_refused_by_place(name: str) -> None:
    assert all(isinstance(each, Flat | Unreadable) for each in read(task_list, f"label_studio/{name}"))


def test_spans_of_prodigy() -> None:
    (flat,) = read(examples, "prodigy/demo.jsonl")
    assert isinstance(flat, Flat), flat
    expected = json.loads((FOLDER / "expected.json").read_text("utf-8"))["prodigy/demo.jsonl"]
    assert [[mark.start, mark.end, mark.label] for mark in flat.marks] == expected["spans"]
    again(examples, [flat])
    print(f"Prodigy: 1 example, {len(flat.marks)} span")
