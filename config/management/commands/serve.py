"""`manage.py serve`: the web server and the background worker, until Ctrl-C."""

import os
import socket
from argparse import ArgumentParser
from functools import partial

from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connections

from config import supervise, web
from config.environment import ROOT
from config.floors import too_old
from config.health import pending_migrations
from config.static import collect_if_changed


class Command(BaseCommand):
    help = "Run the web server and the background worker under one supervisor."
    requires_system_checks: list[str] = []  # the web workers import everything anyway, and a start should take a second, not two

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--workers", type=int, default=1, help="web server processes (default 1)")

    def handle(self, *, host: str, port: int, workers: int, **options: object) -> None:
        refuse_pending_migrations()
        refuse_taken_port(host, port)
        for sentence in too_old():
            self.stderr.write(f"Warning: {sentence}")
        collect_if_changed()
        self.stdout.flush()
        web.load()
        connections.close_all()
        os.chdir(ROOT)  # where the modules of readers are found, from wherever the command was given
        supervise.serve(partial(web.serve, host, port, workers), partial(call_command, "worker"), (host, port))


def refuse_pending_migrations() -> None:
    try:
        pending = pending_migrations()
    except DatabaseError as error:
        raise CommandError(f"The database does not respond: {' '.join(str(error).split())}") from None
    if pending:
        raise CommandError(f"{len(pending)} migrations are pending: run `manage.py migrate` first.")


def refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Cannot listen on {host}:{port} ({error.strerror}): choose another port with --port.") from None
