"""The tree keeps the rules of the house, and each rule notices its breach."""

import pytest

from config.environment import ROOT
from tests import architecture, architecture_scripts

RULES = [
    architecture.upward_imports,
    architecture.upward_references,
    architecture.impure_modules,
    architecture.modules_without_room,
    architecture.room_breaches,
    architecture.signals_used,
    architecture.junk_drawers,
    architecture.long_modules,
    architecture.long_functions,
    architecture.html_from_text,
    architecture.unescaped_html,
    architecture.inline_code,
    *architecture_scripts.RULES,
]

# A small tree that keeps every rule.
GOOD = {
    "corpus/text/storable.py": "import re\n",
    "corpus/readers/plain.py": "from corpus.text import storable\n",
    "corpus/models/article.py": "from django.db import models\nfrom corpus.readers import plain\n",
    "corpus/intake/ingest.py": "from corpus.models.article import Article\n",
    "corpus/admin/articles.py": "from corpus.intake import ingest\n",
    "registry/models.py": "from corpus.models.article import Corpus\n",
    "annotations/rules/spans.py": "from corpus.text.storable import digest\nfrom annotations.rules import events\n",
    "annotations/rules/events.py": "from annotations.text import fragments\n",
    "annotations/formats/base.py": "",
    "annotations/formats/brat/standoff.py": "from annotations.formats.base import Unreadable\n",
    "annotations/formats/__init__.py": "from annotations.formats.brat import standoff\n",
    "annotations/models/span.py": 'ForeignKey("corpus.Document")\n',
    "annotations/write/apply.py": "from annotations.models import Span\n",
    "annotations/api/spans.py": "from corpus.api import pages\nfrom annotations.write import apply\n",
    "config/urls.py": "from annotations import urls\n",
    **architecture_scripts.GOOD,
    "templates/base.html": '<script type="module" src="/static/x.js"></script>{# <style> #}<p class="on">text style="x"</p>\n',
}


def long_function(lines):
    return "def long():\n" + "    x = 1\n" * (lines - 1)


SHORT = "def short(): pass\n"
BREACHES = [
    (architecture.upward_imports, "corpus/intake/ingest.py", "from annotations.models import Span\n"),
    (architecture.upward_imports, "registry/models.py", "def late():\n    import annotations.models\n"),
    (architecture.upward_imports, "annotations/write/apply.py", "from config import settings\n"),
    (architecture.upward_references, "corpus/models/article.py", 'ForeignKey("annotations.Span")\n'),
    (architecture.impure_modules, "corpus/text/storable.py", "from django.utils import text\n"),
    (architecture.impure_modules, "annotations/rules/spans.py", "from annotations.models import Span\n"),
    (architecture.impure_modules, "annotations/rules/spans.py", "from ..models import Span\n"),
    (architecture.modules_without_room, "annotations/counting.py", ""),
    (architecture.modules_without_room, "corpus/counting/words.py", ""),
    (architecture.room_breaches, "annotations/text/fragments.py", "from annotations.rules import spans\n"),
    (architecture.room_breaches, "annotations/formats/base.py", "from annotations.formats.brat import standoff\n"),
    (architecture.room_breaches, "annotations/formats/brat/standoff.py", "from annotations.formats import FORMATS\n"),
    (architecture.room_breaches, "annotations/queries/progress.py", "from annotations.write.apply import apply_changes\n"),
    (architecture.room_breaches, "corpus/models/article.py", "from corpus.intake.ingest import ingest\n"),
    (architecture.room_breaches, "corpus/intake/ingest.py", "from corpus.admin import articles\n"),
    (architecture.room_breaches, "corpus/readers/plain.py", "from corpus.models.article import Article\n"),
    (architecture.room_breaches, "annotations/write/apply.py", "from corpus.admin.articles import show\n"),
    (architecture.room_breaches, "annotations/models/span.py", "from corpus.intake.ingest import ingest\n"),
    (architecture.signals_used, "corpus/intake/ingest.py", "from django.db.models.signals import post_save\n"),
    (architecture.signals_used, "corpus/intake/ingest.py", "from django.dispatch import receiver\n"),
    (architecture.junk_drawers, "corpus/utils.py", ""),
    (architecture.junk_drawers, "annotations/helpers/spans.py", ""),
    (architecture.junk_drawers, "static/annotator/common.js", ""),
    (architecture.long_modules, "corpus/intake/ingest.py", "x = 1\n" * 351),
    (architecture.long_modules, "static/annotator/state/store.js", "x;\n" * 251),
    (architecture.long_functions, "corpus/intake/ingest.py", long_function(61)),
    (architecture.long_functions, "corpus/intake/ingest.py", long_function(9)),
    (architecture.long_functions, "corpus/intake/ingest.py", SHORT * 8 + long_function(31)),
    (architecture.html_from_text, "static/annotator/state/store.js", "place.innerHTML = text;\n"),
    (architecture.html_from_text, "static/annotator/state/store.js", "place.insertAdjacentHTML('beforeend', text);\n"),
    (architecture.unescaped_html, "templates/base.html", "<p>{{ article.title|safe }}</p>"),
    (architecture.unescaped_html, "corpus/templates/corpus/list.html", "{% autoescape off %}{{ text }}{% endautoescape %}"),
    (architecture.unescaped_html, "corpus/admin/articles.py", "from django.utils.safestring import mark_safe\n"),
    (architecture.unescaped_html, "corpus/admin/articles.py", "shown = SafeString(article.title)\n"),
    (architecture.inline_code, "templates/base.html", "<script>alert(1)</script>"),
    (architecture.inline_code, "templates/base.html", "<style>p {}</style>"),
    (architecture.inline_code, "templates/base.html", '<p\n style="color: red">'),
    (architecture.inline_code, "templates/base.html", '<button type="submit" onclick="go()">'),
    (architecture.inline_code, "templates/base.html", '<a href="javascript:go()">'),
    (architecture.inline_code, "corpus/templates/corpus/list.html", '<img src="https://elsewhere.example/x.png">'),
    (architecture.inline_code, "templates/base.html", '<link rel="stylesheet" href="//elsewhere.example/x.css">'),
    *architecture_scripts.BREACHES,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule):
    assert rule(ROOT) == []


@pytest.fixture
def tree(tmp_path):
    for name, text in GOOD.items():
        plant(tmp_path, name, text)
    return tmp_path


def plant(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_tree_has_no_breach(rule, tree):
    assert rule(tree) == []


@pytest.mark.parametrize(("rule", "name", "text"), BREACHES, ids=lambda value: getattr(value, "__name__", str(value)[:40]))
def test_a_breach_is_noticed(rule, name, text, tree):
    plant(tree, name, text)
    assert rule(tree)


def test_every_rule_has_a_breach_that_shows_it():
    assert {rule for rule, _, _ in BREACHES} == set(RULES)


def test_a_breach_is_named_by_module_line_and_import(tree):
    plant(tree, "corpus/intake/ingest.py", "\n\nfrom annotations import annotate\n")
    assert architecture.upward_imports(tree) == ["corpus.intake.ingest:3 imports annotations.annotate"]


def test_the_lines_of_a_docstring_are_free(tree):
    plant(tree, "corpus/intake/ingest.py", 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n')
    assert architecture.function_lengths(tree) == {"corpus.intake.ingest:1 f": 2}


def test_every_room_of_the_lists_is_there():
    names = [
        f"{app}/{name.replace('.', '/')}"
        for table in (architecture.ROOMS, architecture.PURE)
        for app in table
        for name in table[app]
    ]
    assert [name for name in names if not (ROOT / name).is_dir() and not (ROOT / f"{name}.py").is_file()] == []
