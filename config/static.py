"""Static files under names that hold their content's hash."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config import bundle


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A file's name changes with its content, so browsers may keep it for ever; imports between our modules are rewritten too."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Our modules and style sheets joined, from their sources: what was collected may be what an earlier time made of them."""
        ours = {name: source for name, source in paths.items() if is_module(name) or is_sheet(name)}
        joined = bundles({name: Path(storage.path(path)).read_text("utf-8") for name, (storage, path) in ours.items()})
        for name, text in joined.items():
            Path(self.path(name)).write_text(text, "utf-8")
        rest = {name: source for name, source in paths.items() if name not in ours}
        yield from super().post_process(rest | {name: (self, name) for name in joined}, dry_run, **options)


# Only what ends with its line: a comment may stand in front of code, where it gives a type.
COMMENTS = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*+\*/[ \t]*|//[^\n]*)?\n", re.DOTALL | re.MULTILINE)
# What a cast says to a checker of types, within a line.
TYPES = re.compile(r"/\*\* @type \{[^\n*]*+\*/ (?=\()")
INDENTS = re.compile(r"^[ \t]+", re.MULTILINE)
TEXTS = re.compile(r"`[^`]*`")


def is_module(name: str) -> bool:
    """One of our own, which are written for readers: a quarter of them is comments and indents."""
    return name.startswith("annotator/") and name.endswith(".js")


def is_sheet(name: str) -> bool:
    return name.startswith("css/") and name.endswith(".css")


def bundles(texts: dict[str, str]) -> dict[str, str]:
    """What is sent of our modules and style sheets, by the name of its file."""
    modules = {path_of(name): bare(text) for name, text in texts.items() if is_module(name)}
    sheets = {Path(name).name: text for name, text in texts.items() if is_sheet(name)}
    scripts = {f"annotator/{path}.js": text for path, text in bundle.joined(modules).items()}
    return scripts | {f"css/{name}": bundle.sheet(name, sheets) for name in sheets}


def path_of(name: str) -> str:
    """A module's path as the modules themselves write it: from their common folder, without ".js"."""
    return name.removeprefix("annotator/").removesuffix(".js")


def bare(module: str) -> str:
    """A module without comments that are whole lines, types and indents, unless it holds a text of several lines."""
    without = TYPES.sub("", COMMENTS.sub("", module))
    several = any("\n" in text for text in TEXTS.findall(without))
    return without if several else INDENTS.sub("", without)


def collect_if_changed() -> None:
    """Run collectstatic, unless the files are those of the last time."""
    if settings.STATIC_FROM_SOURCE:
        return
    folder = Path(settings.STATIC_ROOT)
    stamp = folder.with_name(f"{folder.name}.sources")  # beside the folder: what lies in it is served
    now = sources()
    if folder.exists() and stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def sources() -> str:
    """A digest of the names, sizes and times of all static files, and of what is done to them here."""
    digest = hashlib.sha256(Path(__file__).read_bytes() + Path(bundle.__file__).read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
