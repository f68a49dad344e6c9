"""A lake of a few pages, written as `lake read`, `copies` and `screen` write theirs; nothing is read."""

from lake.copies.near import CopyRow
from lake.engines.screening import NameRow
from lake.engines.tasks import TaskResult, why
from lake.files.folder import LakeFolder
from lake.files.parts import PartSource, digest, finish_run, write_part
from lake.read.page import LakePage

PAGES = [
    # number, url, outlet, published, language, title, text
    (
        1,
        "https://news.example/1",
        "The News",
        "2017-09-04",
        "en",
        "Workers leave",
        "Three hundred workers’ permits ended. It's over.",
    ),
    (2, "https://www.news.example/2", "The News", "2017-09", "en-GB", "Coal", "👨‍👩‍👧 é: Coal of the mine went abroad."),
    (3, "https://other.example/3", "", "2018", "ko", "석탄", "석탄 수출이 늘었다."),
    (4, "https://copy.example/4", "", "", "en", "Workers leave", "Three hundred workers’ permits ended. It's over!"),
]


def small_lake(folder) -> LakeFolder:
    """The fourth page is a near-duplicate of the first; the second has a listed name."""
    lake = LakeFolder(folder)
    pages = [("pages", page(*each)) for each in PAGES]
    copies = [("copies", CopyRow("text 4", "text 1", 0.9))]
    names = [("names", NameRow("text 2", "UN 3", "7", "Mine of the North", 9, 13, "Coal"))]
    sources = {
        "read": PartSource("x", "x", "warc"),
        "copies": PartSource("x", digest("part-read"), "copies"),
        "names": PartSource("UN 3", "part-read", "names"),
    }
    for kind, rows, tables in [("read", pages, ["pages", "unread"]), ("copies", copies, ["copies"]), ("names", names, ["names"])]:
        finish_run(lake, kind, "1", [write_part(lake, kind, f"part-{kind}", sources[kind], rows, tables)])
    return lake


def long_lake(folder, count) -> LakeFolder:
    """Of more pages than are shown at a time; their titles say the order."""
    lake = LakeFolder(folder)
    pages = [
        (
            "pages",
            page(number, f"https://news.example/{number}", "", "", "en", f"Report {number}", f"Report {number}\n\nWorkers left."),
        )
        for number in range(count)
    ]
    finish_run(
        lake, "read", "1", [write_part(lake, "read", "part-read", PartSource("x", "x", "warc"), pages, ["pages", "unread"])]
    )
    return lake


def page(number, url, outlet, published, language, title, text) -> LakePage:
    domain = url.split("/")[2].removeprefix("www.")
    own = {"page": f"{number:032x}", "url": url, "outlet": outlet, "published": published, "language": language}
    same = {
        "crawl": "c",
        "crawl_sha256": "c",
        "offset": 0,
        "length": 1,
        "number": 0,
        "name": "n",
        "claimed": "",
        "published_basis": "",
    }
    read = {"raw_sha256": "r", "encoding": "utf-8", "reader": "html", "reader_version": "1", "retrieved": "", "cleaning": "{}"}
    words = {"title": title, "text": text, "text_sha256": f"text {number}"}
    return LakePage(**own, **same, **read, **words, domain=domain, minima=b"", bands=[])


class Here:
    """An engine that runs tasks in this process: to start another one takes longer than to read a small file. `broken`: fails those
    with this in their name.
    """

    broken = ""

    def results(self, work, tasks, progress=None):
        done = []
        for task in tasks:
            done.append(self.result(work, task))
            if progress:
                progress(len(done), len(tasks))
        return done

    def result(self, work, task):
        if self.broken and self.broken in task.name:
            return TaskResult(task, error="broken")
        try:
            return TaskResult(task, work(task))
        except OSError as error:
            return TaskResult(task, error=why(error))
