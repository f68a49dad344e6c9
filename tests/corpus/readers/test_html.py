"""A page of the web becomes the text of its article, with what the page says of itself."""

from __future__ import annotations

import pytest

from corpus.cleaning.clean import clean
from corpus.readers.extracted import UnreadableError
from corpus.readers.records import READERS, read

html = READERS["html"]

PARAGRAPHS = [
    "A medicine factory in Kaisantun, Longjing City, sent home all of its more than 70 North Korean workers in mid-October.",
    "A local source said on November 2 that their contracts had ended and that none of them had been extended by the owner.",
    "The source added that the factory had paid an average of 2,500 RMB a month for each of the workers since the spring.",
    "Other factories of the city were told to follow, according to the source, but had until the end of the year to do so.",
]
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Factory sends workers home | Example Wire</title>
<meta property="og:site_name" content="Example Wire"><link rel="canonical" href="https://example.com/2017/11/factory">
<script type="application/ld+json">
//<![CDATA[
{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline": "Factory sends workers home",
 "datePublished": "2017-11-03T09:30:00+09:00", "author": [{"@type": "Person", "name": "A. Reporter"}],
 "publisher": {"@type": "Organization", "name": "Example Wire"}}]}
//]]>
</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Factory sends workers home</h1>
<p>PARAGRAPH0</p>
<figure><img src="https://elsewhere.example/p.jpg"><figcaption>Workers wait for a bus in Kaisantun. Photo: Example Wire</figcaption></figure>
<p>PARAGRAPH1</p>
<ul><li>The first item of a list of measures</li><li>The second item of a list of measures</li></ul>
<p>PARAGRAPH2</p>
<aside><figure><figcaption>Another story that is not ours at all</figcaption></figure></aside>
<p>PARAGRAPH3</p></article>
<footer><p>Copyright Example Wire. All rights reserved.</p></footer></body></html>"""
for number, content in enumerate(PARAGRAPHS):
    PAGE = PAGE.replace(f"PARAGRAPH{number}", content)


def record(page: str = PAGE, url: str = "", codec: str = "utf-8"):
    return read(page.encode(codec), "page.bin", url)


def test_the_article_alone_is_read_with_its_title_first() -> None:
    blocks = record().raw_text.rstrip("\n").split("\n\n")
    assert blocks == [
        "Factory sends workers home",
        PARAGRAPHS[0],
        "Workers wait for a bus in Kaisantun. Photo: Example Wire",
        PARAGRAPHS[1],
        "- The first item of a list of measures\n- The second item of a list of measures",
        PARAGRAPHS[2],
        PARAGRAPHS[3],
    ]


def test_title_and_captions_are_known_to_be_these_and_credits_stand_apart() -> None:
    found = record()
    cleaned = clean(found.raw_text, known=found.known)
    kinds = [(part.kind, cleaned.text[part.start : part.end][:20]) for part in cleaned.segments]
    assert kinds[:4] == [
        ("title", "Factory sends worker"),
        ("lead", PARAGRAPHS[0][:20]),
        ("caption", "Workers wait for a b"),
        ("paragraph", PARAGRAPHS[1][:20]),
    ]
    assert [(zone.kind, zone.quote) for zone in cleaned.zones] == [("credit", "Photo: Example Wire")]


def test_a_caption_without_any_sign_is_known_from_the_page() -> None:
    found = record(PAGE.replace(" Photo: Example Wire", ""))
    cleaned = clean(found.raw_text, known=found.known)
    assert [part.kind for part in cleaned.segments].count("caption") == 1


def test_what_the_page_says_of_itself() -> None:
    found = record(url="https://www.example.com/2017/11/factory?from=feed")
    assert (found.title, found.byline, found.outlet, found.language) == (
        "Factory sends workers home",
        "A. Reporter",
        "Example Wire",
        "en",
    )
    assert found.url == "https://example.com/2017/11/factory"
    assert (found.published, found.published_basis) == ("2017-11-03", "stated")


def test_an_address_of_another_host_is_not_believed() -> None:
    assert record(url="https://mirror.example.org/copy").url == "https://mirror.example.org/copy"


def test_a_day_that_only_the_text_shows_is_inferred() -> None:
    page = PAGE.replace('"datePublished": "2017-11-03T09:30:00+09:00", ', "").replace(
        "<h1>", "<p>Published on November 3, 2017</p><h1>"
    )
    assert (record(page).published, record(page).published_basis) == ("2017-11-03", "inferred")


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("iso-8859-1", "cp1252", "“quoted” – a dash"),
        ("euc-kr", "cp949", "북한 노동자 똠"),
        ("gb2312", "gb18030", "朝鲜工人 镕"),
        ("shift_jis", "cp932", "北朝鮮労働者 ①"),
    ],
)
def test_a_declared_encoding_means_what_browsers_mean(label: str, codec: str, words: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{label}"').replace(PARAGRAPHS[0], f"{words} {PARAGRAPHS[0]}")
    found = record(page, codec=codec)
    assert words in found.raw_text
    assert (found.encoding, found.encoding_basis) == (codec, f"the page declares {label}")


def test_a_wrong_declaration_gives_way_to_the_bytes() -> None:
    page = PAGE.replace(PARAGRAPHS[0], f"“All of them” – said so. {PARAGRAPHS[0]}")
    found = record(page, codec="cp1252")
    assert "“All of them” – said so." in found.raw_text
    assert found.encoding.startswith("cp125")


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_comes_before_all(codec: str) -> None:
    assert PARAGRAPHS[0] in record(codec=codec).raw_text


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<!doctype html>", "<html><script>x()</script></html>"])
def test_a_page_without_an_article_is_told_so(page: str) -> None:
    with pytest.raises(UnreadableError, match=r"empty|no article|by a script"):
        record(page)


def test_broken_data_for_machines_does_no_harm() -> None:
    page = PAGE.replace('{"@context"', '{{"@context"')
    assert record(page).title == "Factory sends workers home"
    assert PARAGRAPHS[0] in record(PAGE.replace("<p>", "<p>\x00")).raw_text.replace("\ufffd", "")


def test_text_that_is_no_page_is_plain_text() -> None:
    assert read(b"<3 is not a tag. It is plain text.").reader == "text"
    assert read(b"Title\n\nA line with <b>bold</b> in it.").reader == "text"


@pytest.mark.parametrize(
    ("fetched", "named"),
    [("https://substack.com/evil", "https://author.substack.com/p/1"), ("https://x.github.io/", "https://github.io/")],
)
def test_a_page_has_no_address_of_another_author_of_its_host(fetched, named):
    forged = PAGE.replace("https://example.com/2017/11/factory", named)
    assert named in forged
    assert record(forged, url=fetched).url == fetched
