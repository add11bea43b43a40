"""World news among the entries of a whole-site listing: told by the address or by the category."""

import re

from scraper.records import Candidate


def is_world(candidate: Candidate, urls: str, sections: tuple[str, ...]) -> bool:
    r"""Tell whether an outlet's rules call a listing's entry world news; without rules all is.

    One of two signs is enough.

    Args:
        candidate: the entry.
        urls: regular expression (`re.search`) on the address as the listing has it, "" for none.
        sections: categories, casefolded; the entry's section or one of its tags is among them.

    >>> entry = Candidate("https://a.example/sport/7", section="Sport", tags=("Ausland",))
    >>> is_world(entry, "/welt/", ()), is_world(entry, "", ("ausland",))
    (False, True)
    """
    if not urls and not sections:
        return True
    if urls and re.search(urls, candidate.url):
        return True
    return any(name.casefold() in sections for name in (candidate.section, *candidate.tags))
