"""The files of declarations in `spiders/`, read as text: where an outlet is, where one belongs."""

import ast
import contextlib
import importlib.util
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.crawl.class_text import Draft, class_name, class_text
from scraper.crawl.declaration import LISTING_KINDS
from scraper.crawl.outlets import DECLARATIONS
from scraper.discovery.countries import country_name, file_stem
from scraper.errors import AlreadyDeclared, DeclarationUnwritable
from scraper.urls import canonical_url

IMPORTS = """from scraper.crawl.spider import OutletSpider
from scraper.records import Outlet
"""
DEMO_FILE = "demo.py"  # its outlets are invented, whatever their country


@dataclass(frozen=True, slots=True)
class Declared:
    """One class in a file of declarations."""

    path: Path
    line: int
    class_name: str
    slug: str
    country: str
    listings: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.path}:{self.line} ({self.class_name})"


def declarations_folder() -> Path:
    """Return the folder of the package of declarations, in a checkout or installed.

    Raises:
        DeclarationUnwritable: there is none.
    """
    spec = importlib.util.find_spec(DECLARATIONS[0])
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not folders:
        raise DeclarationUnwritable(DECLARATIONS[0], "there is no such package")
    return Path(folders[0])


def read_folder(folder: Path) -> list[Declared]:
    """Return every outlet declared in a folder's files, which are not run.

    Raises:
        DeclarationUnwritable: a file cannot be read as Python.
    """
    found = []
    for path in sorted(folder.glob("*.py")):
        try:
            tree = ast.parse(path.read_text("utf8"))
        except (OSError, ValueError, SyntaxError) as error:
            raise DeclarationUnwritable(str(path), f"it cannot be read: {error}") from error
        found += [
            declared
            for node in tree.body
            if isinstance(node, ast.ClassDef) and (declared := _declared(node, path))
        ]
    return found


def file_for(country: str, folder: Path, declared: list[Declared]) -> Path:
    """Return the file where outlets of a country stand: where most do, else one named after it."""
    by_file: dict[Path, set[str]] = {}
    for each in declared:
        by_file.setdefault(each.path, set()).add(each.country)
    own = Counter(
        each.path
        for each in declared
        if by_file[each.path] == {country} and each.path.name != DEMO_FILE
    )
    return own.most_common(1)[0][0] if own else folder / f"{file_stem(country)}.py"


def check_new(draft: Draft, declared: list[Declared]) -> None:
    """Make sure that neither an outlet's slug nor a listing of it is declared.

    Raises:
        AlreadyDeclared: one is.
    """
    listings = {canonical_url(url) for _, url in draft.listings}
    check_slug(draft.slug, declared)
    for each in declared:
        if shared := listings & {canonical_url(url) for url in each.listings}:
            remedy = "two outlets would store the same articles; edit that class"
            raise AlreadyDeclared(f"the listing {shared.pop()}", each.place, remedy)


def check_slug(slug: str, declared: list[Declared]) -> None:
    """Make sure that no outlet has this slug.

    Raises:
        AlreadyDeclared: one has.
    """
    for each in declared:
        if each.slug == slug:
            remedy = "give another name with --slug, or edit that class"
            raise AlreadyDeclared(f"the outlet {slug}", each.place, remedy)


def drafted(draft: Draft, path: Path, declared: list[Declared]) -> str:
    """Return the text of the class, named unlike the others of its file."""
    taken = {each.class_name for each in declared if each.path == path} | {"Outlet"}
    return class_text(draft, class_name(draft.slug, taken))


def write_class(text: str, path: Path, country: str) -> None:
    """Put a class at the end of a file, which is made where there is none; all or nothing.

    Raises:
        DeclarationUnwritable: the system will not have it.
    """
    try:
        before = path.read_text("utf8") if path.exists() else _new_file(country)
        whole = f"{before.rstrip()}\n\n\n{text}"
        ast.parse(whole)
        _replace(path, whole)
    except (OSError, ValueError, SyntaxError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "run it in a checkout that is yours, or give a folder with --into"
        raise DeclarationUnwritable(str(path), f"{reason}; {remedy}") from error


def _new_file(country: str) -> str:
    return f'"""Outlets with newsrooms in {country_name(country)}."""\n\n{IMPORTS}'


def _replace(path: Path, text: str) -> None:
    """Write a file beside its place and move it there, with the rights the old one has."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _declared(node: ast.ClassDef, path: Path) -> Declared | None:
    values = {
        target.id: statement.value
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    slug = values.get("name")
    if not isinstance(slug, ast.Constant) or "outlet" not in values:
        return None
    listings = [url for name in LISTING_KINDS if name in values for url in _strings(values[name])]
    return Declared(
        path, node.lineno, node.name, str(slug.value), _country(values["outlet"]), tuple(listings)
    )


def _country(call: ast.expr) -> str:
    if not isinstance(call, ast.Call):
        return ""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "country"]
    value = [*named, *call.args[1:2]]
    return str(value[0].value) if value and isinstance(value[0], ast.Constant) else ""


def _strings(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
