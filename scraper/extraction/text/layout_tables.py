"""Tables that lay out a page, told from those that hold figures, and made plain boxes."""

from itertools import islice

from lxml.html import HtmlElement

from scraper.extraction.element_text import all_text, letters
from scraper.extraction.link_share import linked_share

TABLES_MAX = 200
ROWS_MAX = 60  # of a table that are looked at
CELL_MAX_CHARS = 200  # of a figure with its words; more is text
LINKED_MIN_SHARE = 0.5  # of a cell within links, to be a menu or a list of articles
CAPTIONED_MAX_CHARS = 300  # of what a table says that frames a picture
HEADED = ("th", "thead", "caption")


def unlay_tables(tree: HtmlElement) -> None:
    """Turn tables that lay out the page into plain boxes, without their menus and pictures."""
    for table in list(islice(tree.iter("table"), TABLES_MAX)):
        if table.tag != "table" or table.getparent() is None:  # within one that was turned
            continue
        if _frames_a_picture(table):
            table.drop_tree()
        elif not _holds_figures(table):
            _unlay(table)


def _unlay(table: HtmlElement) -> None:
    cells = [cell for row in _rows(table) for cell in row.findall("td")]
    is_page = len(cells) > 1 and table.find(".//h1") is None
    for element in (table, *_rows(table), *table.findall("tbody"), *cells):
        element.tag = "div"
    for cell in cells:
        if is_page and letters(cell) and linked_share(cell) > LINKED_MIN_SHARE:
            cell.drop_tree()


def _rows(table: HtmlElement) -> list[HtmlElement]:
    return [*table.findall("tr"), *table.findall("tbody/tr")]


def _frames_a_picture(table: HtmlElement) -> bool:
    """Tell whether a table holds a picture and no more than what is said of it."""
    if table.find(".//img") is None or next(table.iter("h1", *HEADED), None) is not None:
        return False
    return len(all_text(table).strip()) <= CAPTIONED_MAX_CHARS and linked_share(table) < 0.5


def _holds_figures(table: HtmlElement) -> bool:
    """Tell whether a table has headings, or rows of as many short cells each."""
    if next(table.iter(*HEADED), None) is not None:
        return True
    rows = [row.findall("td") for row in _rows(table)[:ROWS_MAX]]
    widths = {len(cells) for cells in rows}
    if len(rows) < 2 or len(widths) > 1 or max(widths) < 2:
        return False
    if table.find(".//table") is not None or table.find(".//h1") is not None:
        return False
    return all(len(all_text(cell)) <= CELL_MAX_CHARS for cells in rows for cell in cells)
