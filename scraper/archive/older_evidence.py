"""What earlier versions stored as evidence, turned into what the tables hold now.

Before migration m003 `articles.evidence` was a JSON map from field to {"from": where it was found,
"text": what stood there, of times}, and `article_authors` held authors only.
"""

import json
import sqlite3
from typing import Any

from scraper.archive.values import json_text

TIMES = ("published_at", "modified_at")


def convert_evidence(connection: sqlite3.Connection) -> None:
    """Convert every row still in the older form; rows in the present form stay as they are."""
    connection.create_function("sources_of", 1, sources_of, deterministic=True)
    connection.create_function("claims_of", 3, claims_of, deterministic=True)
    connection.execute(
        "UPDATE articles SET field_sources = sources_of(field_sources), date_evidence = "
        "COALESCE(date_evidence, claims_of(field_sources, published_at, modified_at)) "
        "WHERE date_evidence IS NULL OR field_sources <> sources_of(field_sources)"
    )
    connection.execute(
        "UPDATE article_authors SET role = COALESCE(role, 'author'), is_author = 1 "
        "WHERE is_author IS NULL"
    )


def sources_of(evidence: str) -> str:
    """Return the map from field to source of a stored map in the older form, or in this one.

    >>> sources_of('{"title":{"from":"json-ld"}}'), sources_of('{"title":"meta og:title"}')
    ('{"title":"json-ld"}', '{"title":"meta og:title"}')
    """
    sources = {
        name: str(found.get("from") or "") if isinstance(found, dict) else str(found)
        for name, found in _stored(evidence).items()
    }
    return json_text({name: source for name, source in sources.items() if source})


def claims_of(evidence: str, published_at: str | None, modified_at: str | None) -> str:
    """Return the claims about times in the older form: only the chosen ones were kept.

    >>> claims_of('{"published_at":{"from":"url","text":"2024/06"}}', "2024-06-01T00:00:00Z", None)
    ... # doctest: +ELLIPSIS
    '[{"at":"2024-06-01T00:00:00Z","chosen":true,"field":"published_at",...,"raw":"2024/06",...}]'
    """
    claims = []
    for name, at in zip(TIMES, (published_at, modified_at), strict=True):
        found = _stored(evidence).get(name)
        if isinstance(found, dict) and found.get("text"):
            claims.append({
                "field": name, "raw": str(found["text"]), "source": str(found.get("from") or ""),
                "at": at, "zone": "", "precision": None, "chosen": True, "why": "",
            })  # fmt: skip
    return json_text(claims)


def _stored(evidence: object) -> dict[str, Any]:
    try:
        found = json.loads(evidence) if isinstance(evidence, str) else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
