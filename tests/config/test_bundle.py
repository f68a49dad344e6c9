"""Modules and style sheets joined into the files that a page asks for: they do what they do one by one."""

import subprocess

import pytest

from config.bundle import CannotJoin, joined, sheet
from tests.test_javascript import node

MODULES = {
    "page": 'import { count, Box as Case } from "./store.js";\nimport { twice } from "./sums.js";\n'
    "console.log(count(), new Case().size, twice(4));\n"
    'import("./late.js").then(({ more }) => console.log(more(), count())).then(() => import("./late.js?again"))'
    ".then(({ more }) => console.log(more()));\n",
    "store": 'import { twice } from "./sums.js";\nlet seen = 0;\nexport function count() {\nreturn ++seen;\n}\n'
    "export class Box {\nsize = twice(3);\n}\n",
    "sums": "export const twice = (number) => 2 * number;\n",
    "late": 'import { count } from "./store.js";\nimport { extra } from "./extra.js";\n'
    "export async function unused() {}\nexport function more() {\nreturn `${extra} ${count()}`;\n}\n",
    "extra": 'export const extra = "extra";\n',
}


IN_FOLDERS = {
    "page": 'import { count } from "./state/store.js";\nimport "./state/start.js";\n'
    'import("./deferred.js").then(({ more }) => more().then((text) => console.log(count(), text)));\n',
    "state/store": 'import { twice } from "../text/sums.js";\nexport const count = () => twice(2);\n',
    "state/start": 'globalThis.start = "start";\n',
    "text/sums": MODULES["sums"],
    "deferred": 'import { seldom } from "./panel/list.js";\nexport const more = () => seldom();\n',
    "panel/list": 'export const seldom = async () => (await import("../sync/seldom.js")).words;\n',
    "sync/seldom": 'import { count } from "../state/store.js";\nexport const words = `seldom ${count()} ${globalThis.start}`;\n',
}


def run(folder, files, start):
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.js").write_text(text)
    (folder / "package.json").write_text('{"type": "module"}')
    return subprocess.run([node(), folder / f"{start}.js"], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("modules", "output"), [(MODULES, "1 6 8\nextra 2 3\nextra 4\n"), (IN_FOLDERS, "4 seldom 4 start\n")])
def test_joined_modules_do_what_they_do_one_by_one(tmp_path, modules, output):
    (tmp_path / "apart").mkdir()
    (tmp_path / "joined").mkdir()
    apart = run(tmp_path / "apart", modules, "page")
    together = run(tmp_path / "joined", joined(modules), "page")
    assert apart.stdout == output, apart.stderr
    assert together.stdout == apart.stdout, together.stderr


def test_what_is_there_already_does_not_come_again_with_a_later_part():
    files = joined(MODULES)
    assert sorted(files) == ["late", "page"]
    assert "seen" not in files["late"]
    assert "extra" not in files["page"]


def test_a_module_lies_in_the_file_of_its_folder():
    assert sorted(joined(IN_FOLDERS)) == ["deferred", "page", "sync/seldom"]


def test_two_modules_of_one_name_are_refused_with_their_paths():
    with pytest.raises(CannotJoin, match=r"list\.js: panel/list, state/list"):
        joined({"panel/list": "", "state/list": "", "main": ""})


def test_the_same_modules_always_make_the_same_files():
    assert joined(dict(reversed(MODULES.items()))) == joined(MODULES)


@pytest.mark.parametrize(
    "line",
    [
        'import store from "./store.js";',
        'import * as store from "./store.js";',
        'export { twice } from "./sums.js";',
        'import { twice } from "elsewhere";',
        "export default 3;",
        "export let changing = 3;",
    ],
)
def test_a_form_that_cannot_be_joined_is_refused_by_name(line):
    with pytest.raises(CannotJoin, match=r"page\.js: (import|export)"):
        joined({"page": f"{line}\n", "store": "", "sums": ""})


def test_sheets_lie_where_they_are_imported():
    sheets = {
        "all.css": '@import "/static/css/one.css";\n@import "/static/css/two.css";\nend\n',
        "one.css": "one\n",
        "two.css": '@import "/static/css/one.css";\n',
    }
    assert sheet("all.css", sheets) == "one\none\nend\n"
