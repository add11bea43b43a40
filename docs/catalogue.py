"""Writes the catalogue of every sentence that pages say, for translators; checks that it is true.

    python docs/catalogue.py [--check]

scraper/web/locale/dateline.pot (GNU gettext) is made from templates and code. With Babel, a
language is added in that folder by `pybabel init -i dateline.pot -d . -D dateline -l ja`; the .po
file is filled in, and `pybabel compile -d . -D dateline` makes the .mo that pages read.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "scraper" / "web" / "locale"
POT = LOCALE / "dateline.pot"
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "Note": None, "note": None, "ngettext": (1, 2)}
HEADER = "# Every sentence that Dateline's pages say. Written by docs/catalogue.py.\n#"


def catalogue() -> Catalog:
    """Return every sentence, with the files it stands in."""
    with (LOCALE / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(
        str(ROOT), methods, options, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    messages = Catalog(project="Dateline", header_comment=HEADER, fuzzy=False)
    for name, _line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        messages.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return messages


def written(messages: Catalog) -> str:
    """Return a catalogue as a .pot file; without a date, so that only words change it."""
    out = io.BytesIO()
    write_po(out, messages, sort_output=True, include_lineno=False, width=100)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if "-Date:" not in line and "Generated-By" not in line)


def main(check: bool) -> int:
    """Write the catalogue, or tell whether it is out of date."""
    text = written(catalogue())
    if not check:
        POT.write_text(text, "utf8")
        return 0
    if POT.exists() and POT.read_text("utf8") == text:
        return 0
    print("scraper/web/locale/dateline.pot is out of date: run make catalogue", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
