"""A request of granian's RSGI as the environ of WSGI (PEP 3333)."""

from __future__ import annotations

import sys
from typing import Any

ALWAYS: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}
UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
# As one list, header fields of one name are joined by commas; cookies alone are not (RFC 9113, 8.2.3).
JOINTS = {"cookie": "; "}


def environ_of(scope: Any) -> dict[str, Any]:
    """All but the body, which comes later."""
    host, _, port = scope.server.rpartition(":")
    return {
        **ALWAYS,
        **headers_of(scope.headers.items()),
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
    }


def headers_of(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """A name with an underscore is left out: in an environ it would be taken for the one with a hyphen, which a proxy vouches for."""
    headers: dict[str, str] = {}
    for name, value in pairs:
        if "_" in name:
            continue
        key = UNPREFIXED.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        headers[key] = f"{headers[key]}{JOINTS.get(name, ',')}{value}" if key in headers else value
    return headers
