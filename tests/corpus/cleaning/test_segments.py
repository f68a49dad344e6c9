"""Titles, leads, paragraphs and captions, and the zones in captions that are never marked."""

from __future__ import annotations

import pytest

from corpus.cleaning.clean import Cleaned, clean, verbatim

BODY = "The first paragraph says what happened."
MORE = "The second one says why."


def kinds(found: Cleaned) -> list[tuple[str, str]]:
    return [(part.id, part.kind) for part in found.segments]


def zones(found: Cleaned) -> list[tuple[str, str]]:
    return [(zone.kind, zone.quote) for zone in found.zones]


def test_the_first_line_that_stands_alone_is_the_title_and_what_follows_the_lead() -> None:
    assert kinds(clean(f"Workers sent home\n\n{BODY}\n\n{MORE}")) == [
        ("title", "title"),
        ("lead", "lead"),
        ("p1", "paragraph"),
    ]


def test_a_caption_between_title_and_lead_is_neither() -> None:
    found = clean(f"Workers sent home\n\nThe hall. Photo: Wire Service\n\n{BODY}\n\n{MORE}")
    assert [part.id for part in found.segments] == ["title", "cap1", "lead", "p1"]


def test_a_first_line_that_ends_a_sentence_is_no_title() -> None:
    assert [part.id for part in clean(f"{BODY}\n\n{MORE}").segments] == ["p1", "p2"]


@pytest.mark.parametrize("end", ["?", "!", "”", "…"])
def test_a_title_may_ask_or_cry(end: str) -> None:
    assert clean(f"Are they sent home{end}\n\n{BODY}").segments[0].id == "title"


def test_a_text_of_one_line_has_no_title() -> None:
    assert [part.id for part in clean("Workers sent home").segments] == ["p1"]


def test_a_title_with_one_paragraph_has_no_lead() -> None:
    assert [part.id for part in clean(f"Workers sent home\n\n{BODY}").segments] == ["title", "p1"]


def test_a_first_line_of_more_than_200_code_points_is_no_title() -> None:
    assert clean(f"{'word ' * 41}\n\n{BODY}").segments[0].id == "p1"


CREDITS = [
    ("A hall in the city. Image: Wire Service", "Image: Wire Service"),
    ("A hall in the city. PHOTO: Wire Service", "PHOTO: Wire Service"),
    ("A hall in the city. Photo credit: Wire / Name", "Photo credit: Wire / Name"),
    ("A hall in the city (Photo: Wire Service)", "(Photo: Wire Service)"),
    ("A hall in the city. Photo by Name Surname", "Photo by Name Surname"),
    ("A hall in the city. Photo courtesy of the ministry", "Photo courtesy of the ministry"),
    ("A hall in the city. [Photo/Wire]", "[Photo/Wire]"),
    ("A hall in the city (AP Photo/Name Surname)", "(AP Photo/Name Surname)"),
    ("Eine Halle in der Stadt. Foto: Agentur", "Foto: Agentur"),
    ("Une salle dans la ville. Crédit photo : Agence", "Crédit photo : Agence"),
    ("Зал в городе. Фото: Агентство", "Фото: Агентство"),
    ("공장 내부. 사진=통신사", "사진=통신사"),
    ("공장 내부 사진 제공: 통신사", "사진 제공: 통신사"),
    ("工厂内部。图片来源：通讯社", "图片来源：通讯社"),
    ("工場の中。写真：通信社", "写真：通信社"),
    ("قاعة في المدينة. الصورة: وكالة", "الصورة: وكالة"),
]


@pytest.mark.parametrize(("caption", "credit"), CREDITS)
def test_a_credit_makes_a_caption_and_is_a_zone(caption: str, credit: str) -> None:
    found = clean(f"{BODY}\n\n{caption}\n\n{MORE}")
    assert kinds(found)[1] == ("cap1", "caption")
    assert zones(found) == [("credit", credit)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "The photo: it showed twenty people. They waited for a train.",
        "He said the image was a fake.",
        "She took a picture of the hall and sent it to the agency.",
        "They came by train, according to the source.",
        "Satellite images: the count went on. Analysts saw twenty people at the gate.",
    ],
)
def test_a_paragraph_that_speaks_of_pictures_is_no_caption(paragraph: str) -> None:
    found = clean(f"{BODY}\n\n{paragraph}\n\n{MORE}")
    assert kinds(found)[1][1] == "paragraph"
    assert found.zones == ()


@pytest.mark.parametrize("marker", "▲△▼▽◀▶")
def test_a_marker_alone_makes_a_caption_and_is_a_zone(marker: str) -> None:
    found = clean(f"{BODY}\n\n{marker} Workers at the station\n\n{MORE}")
    assert kinds(found)[1] == ("cap1", "caption")
    assert zones(found) == [("marker", marker)]


def test_markers_on_neighbouring_blocks_are_a_list() -> None:
    found = clean(f"{BODY}\n\n▲ First demand\n\n▲ Second demand\n\n{MORE}")
    assert [kind for _, kind in kinds(found)] == ["paragraph"] * 4
    assert found.zones == ()


def test_a_marker_with_a_credit_gives_two_zones_in_order() -> None:
    found = clean(f"{BODY}\n\n▲ Workers at the station. Image: Wire\n\n{MORE}")
    assert zones(found) == [("marker", "▲"), ("credit", "Image: Wire")]
    assert {zone.segment for zone in found.zones} == {"cap1"}


def test_a_block_beyond_600_code_points_is_no_caption() -> None:
    found = clean(f"{BODY}\n\n▲ {'word ' * 130}\n\n{MORE}")
    assert kinds(found)[1][1] == "paragraph"


def test_each_item_of_a_list_is_a_paragraph() -> None:
    found = clean("The measures are\n- a ban\n- a cap")
    assert [found.text[part.start : part.end] for part in found.segments] == [
        "The measures are",
        "- a ban",
        "- a cap",
    ]


def test_the_lead_is_the_first_line_of_a_list() -> None:
    found = clean(f"Workers sent home\n\nThe measures are\n- a ban\n\n{BODY}")
    assert [part.id for part in found.segments] == ["title", "lead", "p1", "p2"]


def test_verse_is_one_paragraph() -> None:
    assert len(clean("so much depends\nupon\na red wheel\nbarrow").segments) == 1


def test_a_verbatim_text_has_a_paragraph_for_each_block_of_lines() -> None:
    found = verbatim("\ufeffTitle \r\n line\r\n\r\nImage: Wire\n")
    assert [(part.id, found.text[part.start : part.end]) for part in found.segments] == [
        ("p1", "\ufeffTitle \r\n line"),
        ("p2", "Image: Wire"),
    ]
    assert found.zones == ()


def test_the_json_form_is_that_of_the_native_file() -> None:
    found = clean(f"{BODY}\n\n▲ Workers\n\n{MORE}")
    assert found.segments[1].as_dict() == {
        "id": "cap1",
        "kind": "caption",
        "start": len(BODY) + 2,
        "end": len(BODY) + 11,
    }
    assert found.zones[0].as_dict() == {
        "kind": "marker",
        "segment": "cap1",
        "start": len(BODY) + 2,
        "end": len(BODY) + 3,
        "quote": "▲",
    }
