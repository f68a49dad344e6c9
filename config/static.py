"""Static files under names that hold their content's hash."""

import hashlib
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile, File
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A file's name changes with its content, so browsers may keep it for ever; imports between our modules are rewritten too."""

    support_js_module_import_aggregation = True

    def save(self, name: str, content: File, max_length: int | None = None) -> str:
        if is_module(name):
            content = ContentFile(bare(content.read().decode()).encode())
        return super().save(name, content, max_length)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Our modules from where they were collected, without their comments; the rest from its source.

        A module's name depends on those of the ones that it imports. These come first, so that one pass settles a long chain.
        """
        modules = {name: Path(self.path(name)).read_text("utf-8") for name in paths if is_module(name)}
        collected = {name: source for name, source in paths.items() if name not in modules}
        collected |= {name: (self, name) for name in by_import(modules)}
        yield from super().post_process(collected, dry_run, **options)


COMMENTS = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)?\n", re.DOTALL | re.MULTILINE)
INDENTS = re.compile(r"^[ \t]+", re.MULTILINE)
IMPORTS = re.compile(r"""(?:from|import)[ (]*["']\./(\w+\.js)["']""")
TEXTS = re.compile(r"`[^`]*`")


def is_module(name: str) -> bool:
    """One of our own, which are written for readers: a quarter of them is comments and indents."""
    return name.startswith("annotator/") and name.endswith(".js")


def by_import(modules: dict[str, str]) -> list[str]:
    """Names of the modules, each after those that it imports."""
    imported = {name: {f"annotator/{other}" for other in IMPORTS.findall(text)} for name, text in modules.items()}
    return [name for name in TopologicalSorter(imported).static_order() if name in modules]


def bare(module: str) -> str:
    """A module without comments that are whole lines and without indents, unless it holds a text of several lines."""
    without = COMMENTS.sub("", module)
    several = any("\n" in text for text in TEXTS.findall(without))
    return without if several else INDENTS.sub("", without)


def collect_if_changed() -> None:
    """Run collectstatic, unless the files are those of the last time."""
    if settings.STATIC_FROM_SOURCE:
        return
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    now = sources()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def sources() -> str:
    """A digest of the names, sizes and times of all static files, and of what is done to them here."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
