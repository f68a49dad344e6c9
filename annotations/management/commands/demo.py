"""manage.py demo [--port N] [--no-serve]"""

import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from annotations.demo.listed import screen
from annotations.demo.readings import bring_in
from annotations.demo.work import begin_work
from annotations.imports.annotators import placeholder_account
from annotations.imports.load import load
from annotations.models import Assignment, Scheme
from annotations.schemes.base_register import load_base_register
from annotations.schemes.measures import load_measures
from annotations.schemes.of_corpus import adopt
from annotations.schemes.stored import VersionInUse, load_scheme
from corpus.intake.ingest import ingest
from corpus.models import Article, Corpus, Intake, Membership

DOMAIN = Path(settings.BASE_DIR) / "domain"
MEASURES = DOMAIN / "measures.json"
BASE_REGISTER = DOMAIN / "base_register.json"
SEED = "000_3e4db3711cb7c38f.txt"
DESCRIPTION = "One real article with its gold, and eleven that are invented for practice."
# One account for each thing that people do here; the password is made anew on each installation.
ACCOUNTS = {"manager": "manager", "reviewer": "reviewer", "annotator": "annotator", "second": "annotator"}


class Command(BaseCommand):
    help = "Set up a corpus to try Attest with, then serve it. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true")

    def handle(self, *args: Any, port: int, no_serve: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        scheme = self.scheme()
        load_measures(json.loads(MEASURES.read_text("utf-8")))
        load_base_register(json.loads(BASE_REGISTER.read_text("utf-8")))
        with transaction.atomic():
            corpus, _ = Corpus.objects.get_or_create(
                slug="demo",
                defaults={"name": "Demo", "description": DESCRIPTION},
            )
            adopt(corpus, scheme)
            password = accounts(corpus)
            self.articles(corpus)
        self.stdout.write("The demo corpus is ready.")
        *others, last = ACCOUNTS
        if password:
            self.stdout.write(f"Sign in as {', '.join(others)} or {last}, password: {password}")
        if not no_serve:
            # In place of this process, in which loading has left threads and connections: `serve` forks.
            self.stdout.flush()
            command = [sys.executable, "-m", "config.start", "serve", f"--port={port}"]
            os.chdir(settings.BASE_DIR)
            os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted

    def scheme(self) -> Scheme:
        """The version of the file. What is marked already keeps its own version, and its content too."""
        try:
            return load_scheme(json.loads((DOMAIN / "scheme.json").read_text("utf-8"))).scheme
        except VersionInUse as error:
            self.stderr.write(f"{error} in domain/scheme.json to load the new version.")
            return error.scheme

    def articles(self, corpus: Corpus) -> None:
        if Assignment.objects.gold().filter(document__corpus=corpus).exists():
            return
        ingest(corpus, [(SEED, (DOMAIN / SEED).read_bytes())], door=Intake.Door.COMMAND)
        gold = (DOMAIN / "gold_seed.json").read_bytes()
        who = placeholder_account("")
        role = Assignment.Role.ADJUDICATION
        load(corpus, gold, name="gold_seed.json", annotator=who, user=who, role=role)
        Article.objects.filter(corpus=corpus, source_file=SEED).update(practice=True)
        people = {user.username: user for user in get_user_model().objects.filter(username__in=ACCOUNTS)}
        bring_in(corpus, DOMAIN / "demo", people["manager"])
        begin_work(corpus, people)
        screen(corpus, DOMAIN / "demo" / "list.csv", people["manager"])


def accounts(corpus: Corpus) -> str:
    """Make the accounts that are missing; their password, kept in the data folder for the next start."""
    kept = Path(settings.DATA_FOLDER) / "demo-password"
    model, hashed = get_user_model(), ""
    for name, role in ACCOUNTS.items():
        user, created = model.objects.get_or_create(
            username=name,
            defaults={"is_staff": role == "manager", "is_superuser": role == "manager"},
        )
        Membership.objects.get_or_create(corpus=corpus, user=user, defaults={"role": role})
        if created:
            hashed = hashed or make_password(password_in(kept))
            user.password = hashed
            user.save(update_fields=["password"])
    return kept.read_text("utf-8").strip() if kept.exists() else ""


def password_in(kept: Path) -> str:
    """The installation's own demo password, made at the first look and readable by its owner only."""
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(9), "utf-8")
    return kept.read_text("utf-8").strip()
