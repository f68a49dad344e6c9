"""Static files under names that hold their content's hash."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A file's name changes with its content, so browsers may keep it for ever; imports between our modules are rewritten too."""

    support_js_module_import_aggregation = True


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
    """A digest of the names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
