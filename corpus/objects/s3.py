"""Buckets of S3 and the libraries that they need, which an installation without a bucket has not. Pure."""

from __future__ import annotations

import errno
import importlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

ADDRESS = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?P<prefix>[^/\s]+(?:/[^/\s]+)*))?/?")
RETRIES = {"max_retries": 4, "retry_timeout": timedelta(seconds=45)}  # somebody may wait for a page meanwhile
CREATE = {"mode": "create", "use_multipart": False}  # the server refuses a second one
INSTALL = "run `.venv/bin/python -m pip install --no-deps --require-hashes -r requirements/s3.txt`, or install attest[s3]."


class MissingLibrary(ImportError):
    """A library is not installed; the message says how to install it."""


class BucketError(OSError):
    """The server does not do what is asked; the message says where and why."""


class BadAddress(ValueError):
    """An address is none of a bucket; the message says how to write it."""


def is_bucket(address: str) -> bool:
    return address.startswith("s3:")


def parts(address: str) -> tuple[str, str]:
    """Bucket and prefix. Raises BadAddress."""
    match = ADDRESS.fullmatch(address)
    if not match:
        raise BadAddress(
            f"{address} is no address of a bucket: write it as s3://BUCKET/PREFIX, or give the absolute path of a folder."
        )
    return match["bucket"], match["prefix"] or ""


def connected(address: str) -> Any:
    """The store of an address, its keys below the prefix. Nothing is asked of the server yet. Raises BadAddress, MissingLibrary."""
    bucket, prefix = parts(address)
    return needed("obstore.store").S3Store(bucket, prefix=prefix or None, **patience())


@contextmanager
def refusals(address: str) -> Iterator[None]:
    """What the client raises, but that something is missing, as BucketError."""
    errors = needed("obstore.exceptions")
    try:
        yield
    except errors.BaseError as error:
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise BucketError(errno.EIO, f"{address}: {reason}") from error


def patience() -> dict[str, Any]:
    """How long a server is waited for. Options given here replace those of the environment, which may allow HTTP without TLS."""
    without_tls = os.environ.get("AWS_ALLOW_HTTP", "").lower() in {"1", "true", "yes"}
    options = {"connect_timeout": "5s", "timeout": "30s", "allow_http": without_tls}
    return {"client_options": options, "retry_config": RETRIES}


def needed(module: str) -> Any:
    """Raises MissingLibrary."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingLibrary(f"s3:// needs {module.partition('.')[0]}, which is not installed: {INSTALL}") from error
