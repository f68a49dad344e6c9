"""What a browser loads before one can mark stays small, counted as the server sends it."""

import gzip
import subprocess

from config.bundle import body
from config.environment import ROOT
from config.static import bare, bundles, path_of
from tests.test_javascript import node

STATIC = ROOT / "static"
MODULES = {path.relative_to(STATIC).as_posix(): path.read_text("utf-8") for path in (STATIC / "annotator").rglob("*.js")}


def sent() -> dict[str, bytes]:
    return {name: text.encode() for name, text in bundles(MODULES).items()}


def test_one_can_mark_after_120_kilobytes_of_javascript():
    first = sent()["annotator/main.js"]
    parts = {name: len(bare(text)) for name, text in MODULES.items() if body_of(name) in first}
    largest = sorted(parts.items(), key=lambda item: -item[1])[:8]
    assert len(first) <= 120_000, largest
    assert len(gzip.compress(first)) <= 50_000, largest


def body_of(name: str) -> bytes:
    return body(path_of(name), bare(MODULES[name]), "main").encode()


def test_what_is_sent_is_javascript(tmp_path):
    for name, text in sent().items():
        file = tmp_path / name.replace("/", "-").replace(".js", ".mjs")
        file.write_bytes(text)
        result = subprocess.run([node(), "--check", file], capture_output=True, text=True, check=False)
        assert result.returncode == 0, f"{name}: {result.stderr[:500]}"


def test_the_page_loads_one_file_first_one_later_and_little_when_it_is_needed():
    files = ["annotator/deferred.js", "annotator/main.js", "annotator/sync/conflicts.js", "annotator/text/korean.js"]
    assert sorted(sent()) == files
    assert len(sent()["annotator/deferred.js"]) > len(sent()["annotator/main.js"]) / 2
