"""What a scheme can begin with: the core scheme, the simple one, or a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from annotations.scheme_drafts.edit import Json, edit_draft
from annotations.scheme_drafts.publish import store_own
from annotations.schemes.stored import SchemeError, without
from corpus.edits.history import EditError
from corpus.models import Corpus, Edit

FILES = {"core": "scheme.json", "simple": "simple.json"}
STARTS = {
    "simple": "Simple: actors, figures and events of any subject",
    "core": "Core: reporting on sanctions",
}


def start_body(name: str) -> Json:
    """`name`: one of STARTS."""
    file = Path(settings.BASE_DIR) / "domain" / FILES[name]
    body: Json = json.loads(file.read_text("utf-8"))
    return without(body, "measures")


def begin_with(corpus: Corpus, body: Json, by: Any) -> Edit | None:
    """The draft becomes `body`. It is stored once on trial, so that publishing it later cannot fail. Raises EditError."""
    body = without(body, "measures")
    try:
        with transaction.atomic():
            store_own(corpus, body)
            transaction.set_rollback(True)
    except SchemeError as error:
        raise EditError(str(error)) from error
    except (DataError, IntegrityError, TypeError, KeyError, ValueError, AttributeError) as error:
        reason = str(error).partition("\n")[0]
        raise EditError(f"The scheme cannot be stored: {reason}.") from error
    return edit_draft(corpus, by, lambda _: body)
