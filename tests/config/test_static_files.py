"""Static files have names that change with their content, in our modules' imports too."""

import re

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import storages
from whitenoise import WhiteNoise

from config import static
from config.static import HashedStaticFiles, bare, collect_if_changed


@pytest.fixture
def site(settings, tmp_path):
    """Two modules, the second imported by the first, and where they are collected."""
    source = tmp_path / "source"
    (source / "annotator").mkdir(parents=True)
    (source / "annotator" / "page.js").write_text('import { a, b } from "./store.js";\nimport "./side.js";\n')
    (source / "annotator" / "store.js").write_text("export const a = 1, b = 2;\n")
    (source / "annotator" / "side.js").write_text("globalThis.side = 1;\n")
    (source / "look.css").write_text("p { color: red }\n")
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = str(tmp_path / "collected")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static.HashedStaticFiles"}}
    settings.STATIC_FROM_SOURCE = False
    return tmp_path


def address(name):
    """The name under which a page would ask for the file."""
    storage = storages.create_storage({"BACKEND": "config.static.HashedStaticFiles"})
    return storage.stored_name(name)


def test_a_module_goes_out_with_the_ones_that_it_imports(site):
    collect_if_changed()
    page = (site / "collected" / address("annotator/page.js")).read_text()
    assert re.fullmatch(r"annotator/page\.[0-9a-f]{12}\.js", address("annotator/page.js"))
    assert "const a = 1, b = 2;" in page
    assert "globalThis.side = 1;" in page
    assert "import" not in page


def test_a_later_part_is_asked_for_by_its_hashed_name(site):
    (site / "source" / "annotator" / "side.js").write_text('export const more = () => import("./late.js");\n')
    (site / "source" / "annotator" / "late.js").write_text('import { a } from "./store.js";\nexport const twice = 2 * a;\n')
    collect_if_changed()
    page = (site / "collected" / address("annotator/page.js")).read_text()
    late = address("annotator/late.js").rpartition("/")[2]
    assert f'import("./{late}")' in page


def test_a_style_sheet_goes_out_with_the_ones_that_it_imports(site):
    (site / "source" / "css").mkdir()
    (site / "source" / "css" / "all.css").write_text(
        '@import "/static/css/one.css";\n@import "/static/css/two.css";\np { margin: 0 }\n'
    )
    (site / "source" / "css" / "one.css").write_text("p { color: red }\n")
    (site / "source" / "css" / "two.css").write_text("p { color: blue }\n")
    collect_if_changed()
    out = (site / "collected" / address("css/all.css")).read_text()
    assert out == "p { color: red }\np { color: blue }\np { margin: 0 }\n"


def test_a_change_in_one_module_changes_the_names_of_those_that_import_it(site):
    collect_if_changed()
    before = address("annotator/page.js"), address("look.css")
    (site / "source" / "annotator" / "store.js").write_text("export const a = 3, b = 4;\n")
    collect_if_changed()
    after = address("annotator/page.js"), address("look.css")
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_files_are_compressed_once_not_at_each_request(site):
    collect_if_changed()
    (site / "source" / "long.css").write_text("p { color: red }\n" * 100)
    collect_if_changed()
    assert (site / "collected" / f"{address('long.css')}.gz").exists()


def test_nothing_is_collected_again_while_nothing_changed(site, monkeypatch):
    collect_if_changed()
    monkeypatch.setattr(static, "call_command", None)
    collect_if_changed()


def test_what_was_collected_from_is_not_served(site):
    collect_if_changed()
    assert (site / "collected.sources").exists()
    served = WhiteNoise(None, root=site / "collected", prefix="/static/").files
    assert "/static/look.css" in served
    assert [path for path in served if "sources" in path] == []


def test_a_collection_that_was_cut_off_is_made_again(site, monkeypatch):
    with monkeypatch.context() as cut:
        cut.setattr(HashedStaticFiles, "post_process", lambda self, *a, **o: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            collect_if_changed()
    collect_if_changed()
    assert (site / "collected" / address("look.css")).exists()


def test_a_developer_sees_the_files_as_they_lie(settings, monkeypatch):
    assert settings.STATIC_FROM_SOURCE
    assert settings.STORAGES["staticfiles"]["BACKEND"].endswith(f".{StaticFilesStorage.__name__}")
    monkeypatch.setattr(static, "call_command", None)
    collect_if_changed()


def test_browsers_find_an_icon_wherever_they_look(client, db):
    answer = client.get("/favicon.ico", follow=True)
    assert answer.redirect_chain == [("/static/favicon.svg", 302)]
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.getvalue()
    answer.close()


def test_a_path_out_of_the_static_folder_is_nothing(client, db):
    for path in ("/static/../manage.py", "/static/%2e%2e/manage.py", "/static../config/settings.py", "/static//etc/passwd"):
        assert b"SECRET_KEY" not in client.get(path).content
        assert client.get(path).status_code in {302, 404}


MODULE = """/** What it is:
 * for readers. */
// why
export function say(name) {
  // and how
  return `/* ${name} */ // stays`; // at the end of a line

}
"""


def test_our_modules_go_out_without_the_lines_for_their_readers(site):
    (site / "source" / "annotator" / "alone.js").write_text(MODULE)
    collect_if_changed()
    out = (site / "collected" / address("annotator/alone.js")).read_text()
    assert "function say(name) {\nreturn `/* ${name} */ // stays`; // at the end of a line\n}\n" in out
    assert "for readers" not in out


def test_a_text_of_several_lines_keeps_its_indents():
    assert bare("const a = `one\n  two`;\n  // why\n  f();\n") == "const a = `one\n  two`;\n  f();\n"


def test_a_type_in_front_of_code_takes_no_code_along():
    module = "call(\n  /** @type {any} */ (one),\n  two,\n);\n/** why */\nmore();\n"
    assert bare(module) == "call(\n(one),\ntwo,\n);\nmore();\n"
    assert bare("const a = /** @type {B | null} */ (b), c = '/** @type';\n") == "const a = (b), c = '/** @type';\n"
