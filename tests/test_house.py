"""The house keeps its rules: who imports what, one door for each dependency, small files."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE_LINES, FUNCTION_LINES, PARAMETERS = 400, 40, 5

# What each room may import of ours, besides itself. `crawl` and `jobs` never meet.
MAY_IMPORT = {
    "errors": set(),
    "records": set(),
    "urls": set(),
    "settings": set(),
    "compression": set(),
    "encodings": set(),
    "characters": set(),
    "discovery": {"errors", "records", "urls", "encodings", "characters"},
    "extraction": {"errors", "records", "urls", "encodings", "characters"},
    "archive": {"errors", "records", "urls", "compression"},
    "watch": {"errors", "records", "urls", "archive"},
    "crawl": {
        "errors",
        "records",
        "urls",
        "compression",
        "discovery",
        "extraction",
        "archive",
        "watch",
    },
    "jobs": {
        "errors",
        "records",
        "urls",
        "compression",
        "discovery",
        "extraction",
        "archive",
        "watch",
        "exports",
    },
    "exports": set(),
    "web": {"archive", "exports"},
    "demo": set(),
    "terminal": {"records", "archive", "watch"},
    "serving": set(),
    "tour": {"crawl", "archive", "demo", "terminal"},
    "cli": {"commands"},
    "commands": {
        "errors",
        "records",
        "urls",
        "settings",
        "crawl",
        "jobs",
        "archive",
        "watch",
        "exports",
        "terminal",
        "serving",
        "tour",
    },
    "__main__": {"cli"},
    "spiders": {"crawl", "records"},
}
# The only modules that may import each dependency.
DOORS = {
    "scrapy": ("scraper.crawl",),
    "twisted": ("scraper.crawl",),
    "zope": ("scraper.crawl",),
    "trafilatura": ("scraper.extraction",),
    "py3langid": ("scraper.extraction.language.langid_model",),
    "pebble": ("scraper.extraction.pool",),
    "dateparser": ("scraper.extraction.date.moments",),
    "sqlite_utils": ("scraper.archive",),
    "warcio": ("scraper.archive.warc",),
    "isal": ("scraper.compression",),
    "brotli": ("scraper.archive.payloads",),
    "charset_normalizer": ("scraper.encodings",),
    "justext": ("scraper.extraction.text.body",),
    "feedparser": ("scraper.discovery.feeds",),
    "babel": ("scraper.web.words",),
    "resvg_py": ("scraper.web.attention.pictures",),
    "pyarrow": ("scraper.exports.parquet",),
    "apprise": ("scraper.watch.alerts",),
    "prometheus_client": ("scraper.watch.metrics",),
    "pythonjsonlogger": ("scraper.watch.logs",),
    "datasette": ("scraper.web",),
    "click": ("scraper.cli", "scraper.commands"),
    "rich": ("scraper.terminal",),
    "tldextract": ("scraper.urls",),
    "w3lib": ("scraper.urls",),
}
# What web may use of archive: the search language, which is standard library only.
SHARED_WITH_WEB = {
    "search",
    "segmentation",
    "queries",
    "query_dates",
    "word_forms",
    "grammar",
    "plans",
    "hits",
    "article_rows",
    "estimates",
    "differences",
    "edits",
    "edit_search",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}


def sources() -> list[Path]:
    return sorted([*ROOT.glob("scraper/**/*.py"), *ROOT.glob("spiders/*.py")])


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] != "scraper" else parts[1] if len(parts) > 1 else ""


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            found |= {f"{module}.{alias.name}" for alias in node.names} | {module}
    return found


@pytest.mark.parametrize("path", sources(), ids=module_name)
def test_imports_only_from_floors_below(path: Path) -> None:
    own = room(module_name(path))
    for name in imports(path):
        top = name.split(".")[0]
        if top not in ("scraper", "spiders") or room(name) in ("", own):
            continue
        assert top != "spiders" or own == "spiders", f"nobody imports {name}"
        assert room(name) in MAY_IMPORT[own], f"{module_name(path)} imports {name}"
        if own == "web" and room(name) == "archive" and name.count(".") >= 2:
            assert name.split(".")[2] in SHARED_WITH_WEB, f"web imports {name}"


@pytest.mark.parametrize("path", sources(), ids=module_name)
def test_each_dependency_has_one_door(path: Path) -> None:
    module = module_name(path)
    for name in imports(path):
        doors = DOORS.get(name.split(".")[0])
        if doors is not None:
            assert module.startswith(doors), f"{module} imports {name}, whose door is {doors}"


@pytest.mark.parametrize("path", sources(), ids=module_name)
def test_files_and_functions_are_small(path: Path) -> None:
    text = path.read_text("utf8")
    lines = text.splitlines()
    tabular = bool(lines) and "table" in lines[0].lower()
    if not tabular:
        assert len(lines) <= FILE_LINES, "a longer file says on line 1 that it is a table"
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        doc = ast.get_docstring(node, clean=False) or ""
        length = (node.end_lineno or 0) - node.lineno + 1 - (doc.count("\n") + 1 if doc else 0)
        is_command = any("command" in ast.unparse(d) for d in node.decorator_list)
        assert length <= FUNCTION_LINES, f"{node.name} has {length} lines"
        names = [
            a.arg for a in node.args.posonlyargs + node.args.args if a.arg not in ("self", "cls")
        ]
        assert is_command or len(names) <= PARAMETERS, f"{node.name} takes {len(names)} parameters"


@pytest.mark.parametrize("path", sources(), ids=module_name)
def test_every_module_says_what_it_is_in_its_name_and_docstring(path: Path) -> None:
    assert path.stem not in VAGUE
    tree = ast.parse(path.read_text("utf8"))
    assert ast.get_docstring(tree), "a module says in one sentence what lives here"
    if path.name == "__init__.py" and room(module_name(path)) != "web":
        assert len(tree.body) == 1, "an __init__ is a docstring and nothing else"


def test_the_search_language_needs_only_the_standard_library() -> None:
    for name in SHARED_WITH_WEB:
        path = ROOT / "scraper" / "archive" / f"{name}.py"
        if path.exists():
            tops = {found.split(".")[0] for found in imports(path)} - {"scraper"}
            assert tops <= sys.stdlib_module_names, f"{name} imports {tops}"


def test_nothing_generated_or_private_is_tracked() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf8")
    for pattern in ("*.db", "captures/", "*.warc.gz", ".venv/"):
        assert pattern in ignored


EVALUATORS = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
OWN_PICKLES = {"scraper.extraction.pool", "scraper.extraction.worker"}  # between our own processes


@pytest.mark.parametrize("path", sources(), ids=module_name)
def test_nothing_evaluates_data(path: Path) -> None:
    module = module_name(path)
    tops = {name.split(".")[0] for name in imports(path)}
    assert not tops & EVALUATORS or module in OWN_PICKLES, f"{module} imports {tops & EVALUATORS}"
    calls = [
        node for node in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(node, ast.Call)
    ]
    called = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
    assert not called & {"eval", "exec", "__import__"}


def test_every_dependency_is_pinned_with_its_digests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
    wanted = {
        "constraints.txt": project["project"]["dependencies"],
        "constraints-test.txt": project["dependency-groups"]["test"],
        "constraints-notebook.txt": project["dependency-groups"]["notebook"],
    }
    for file, requirements in wanted.items():
        text = (ROOT / file).read_text("utf8")
        pins = re.split(r"\n(?=\S)", text.strip())
        assert all("==" in pin and "--hash=sha256:" in pin for pin in pins), file
        assert "://" not in text, f"{file} says where files were found"
        names = {re.split(r"[=\s]", pin)[0].replace("_", "-").lower() for pin in pins}
        for requirement in requirements:
            name = re.split(r"[<>=\[]", requirement)[0].replace("_", "-").lower()
            assert name in names, f"{name} is not pinned in {file}"
