// `node golden.mjs PYODIDE PROJECT PACKAGES`: the digest of the golden table by another version of Python, in WebAssembly.
const [, , pyodide, project, packages] = process.argv;
const { loadPyodide } = await import(pyodide);
const python = await loadPyodide({ env: { RAPIDFUZZ_IMPLEMENTATION: "python", PYTHONDONTWRITEBYTECODE: "1" } });
for (const [folder, root] of [
  ["/project", project],
  ["/packages", packages],
]) {
  python.FS.mkdir(folder);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, folder);
}
console.log(
  python.runPython(`
import sys
sys.path[:0] = ["/project", "/packages"]
from tests.registry.names import golden
again = "".join(golden.line_of(row.kind, row.name, row.other) + chr(10) for row in golden.rows())
f"{sys.version_info.major}.{sys.version_info.minor} {golden.digest(again)}"
`),
);
