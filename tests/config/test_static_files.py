"""Static files have names that change with their content, in our modules' imports too."""

import re

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import storages

from config import static
from config.static import HashedStaticFiles, bare, collect_if_changed


@pytest.fixture
def site(settings, tmp_path):
    """Two modules, the second imported by the first, and where they are collected."""
    source = tmp_path / "source"
    (source / "annotator").mkdir(parents=True)
    (source / "annotator" / "page.js").write_text('import { a, b } from "./store.js";\nimport "./side.js";\nexport { a };\n')
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


def test_a_module_imports_the_hashed_names_of_the_others(site):
    collect_if_changed()
    page = (site / "collected" / address("annotator/page.js")).read_text()
    store = address("annotator/store.js").rpartition("/")[2]
    assert re.fullmatch(r"store\.[0-9a-f]{12}\.js", store)
    assert f'from "./{store}"' in page
    assert '"./side.js"' not in page


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
    (site / "source" / "annotator" / "store.js").write_text(MODULE)
    collect_if_changed()
    out = (site / "collected" / address("annotator/store.js")).read_text()
    assert out == "export function say(name) {\nreturn `/* ${name} */ // stays`; // at the end of a line\n}\n"


def test_a_text_of_several_lines_keeps_its_indents():
    assert bare("const a = `one\n  two`;\n  // why\n  f();\n") == "const a = `one\n  two`;\n  f();\n"


def test_a_long_chain_of_imports_is_settled(site):
    for number in range(20):
        (site / "source" / "annotator" / f"link{number}.js").write_text(f'import "./link{number + 1}.js";\n')
    (site / "source" / "annotator" / "link20.js").write_text("globalThis.last = 1;\n")
    collect_if_changed()
    first = (site / "collected" / address("annotator/link0.js")).read_text()
    assert f'"./{address("annotator/link1.js").rpartition("/")[2]}"' in first
