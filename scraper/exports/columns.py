"""A table of the columns of each result list: what every exported value means."""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "texts", "integer", "real", "boolean", "time"]
ListName = Literal["articles", "edits", "concordance", "attention", "incidents"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in every format, its type, and what it holds.

    Of the types, "time" is RFC 3339 text in UTC; "texts" is a list, which flat formats join with
    "; ". Every value may be missing.
    """

    name: str
    type: ColumnType
    description: str


ARTICLES: tuple[Column, ...] = (
    Column("id", "integer", "Number of the article in this archive"),
    Column("url", "text", "Canonical URL: the article's identity, without tracking parameters"),
    Column("outlet", "text", "Short name of the outlet"),
    Column("outlet_name", "text", "Name of the outlet as readers know it"),
    Column("country", "text", "Country of the outlet's newsroom, ISO 3166-1 alpha-2"),
    Column("language", "text", "Language of the text, BCP 47"),
    Column("section", "text", "Section as the outlet names it"),
    Column("title", "text", "Headline of the latest revision"),
    Column("byline", "text", "Credit as printed"),
    Column("authors", "texts", "Names of those who wrote it, in printed order"),
    Column("published_at", "time", "When the outlet says it was published"),
    Column("modified_at", "time", "When the outlet says it was last changed"),
    Column("captured_at", "time", "When this archive first captured the article"),
    Column("text_captured_at", "time", "When this archive captured the text given here"),
    Column("revision", "integer", "Number of the revision given here: 1 for the first text"),
    Column("is_paywalled", "boolean", "Whether the outlet says it is for subscribers, if it says"),
    Column("gone_at", "time", "When the outlet was first seen to have removed it"),
    Column("word_count", "integer", "Words of the body; characters in scripts without spaces"),
    Column("description", "text", "Summary the outlet gives"),
    Column("archive_url", "text", "Address of the article's page in this archive"),
)
SNIPPET = Column("snippet", "text", "Best passage of the text for the query")
BODY = Column("body", "text", "Text of the latest revision, paragraphs separated by a blank line")

EDITS: tuple[Column, ...] = (
    Column("revision", "integer", "Number of the revision that brought the change, 2 or more"),
    Column("article", "integer", "Number of the article in this archive"),
    Column("url", "text", "Canonical URL of the article"),
    Column("outlet", "text", "Short name of the outlet"),
    Column("language", "text", "Language of the text, BCP 47"),
    Column("seen_at", "time", "When the changed text was captured"),
    Column("title", "text", "Headline after the change"),
    Column("kinds", "texts", "What changed, such as the headline or a number"),
    Column(
        "is_quiet",
        "boolean",
        "Whether headline or text changed and the outlet gave no new time of change",
    ),
    Column("added", "text", "What the change added"),
    Column("removed", "text", "What the change removed"),
    Column("archive_url", "text", "Address of the comparison in this archive"),
)

CONCORDANCE: tuple[Column, ...] = (
    Column("article", "integer", "Number of the article in this archive"),
    Column("outlet", "text", "Short name of the outlet"),
    Column("language", "text", "Language of the text, BCP 47"),
    Column("published_at", "time", "When the outlet says the article was published"),
    Column("left", "text", "Text before the match"),
    Column("match", "text", "The words found, as they stand in the text"),
    Column("right", "text", "Text after the match"),
    Column("url", "text", "Canonical URL of the article"),
    Column("archive_url", "text", "Address of the article's page in this archive"),
)

ATTENTION: tuple[Column, ...] = (
    Column("query", "text", "What was searched"),
    Column("period", "text", "Name of the span: a day, a week or a month"),
    Column("start", "time", "First moment of the span"),
    Column("end", "time", "First moment after the span"),
    Column("group", "text", "Outlet, language or country counted, if the counts are split"),
    Column("articles", "integer", "Articles found in the span"),
    Column("share", "real", "Articles found, as a share of all articles of the span, 0 to 1"),
    Column("collected_share", "real", "Share of the span in which was collected, 0 to 1"),
    Column("is_estimate", "boolean", "Whether the count is an estimate"),
)

INCIDENTS: tuple[Column, ...] = (
    Column("id", "integer", "Number of the incident in this archive"),
    Column("outlet", "text", "Short name of the outlet"),
    Column("country", "text", "Country of the outlet's newsroom, ISO 3166-1 alpha-2"),
    Column("kind", "text", "silent, emptied, drifted, blocked, moved or slow"),
    Column("field", "text", "What drifted: author, date or body; empty for other kinds"),
    Column("severity", "real", "How far from usual, 1 being the threshold"),
    Column("opened_at", "time", "When it was first judged so"),
    Column("began_at", "time", "Since when it seems to be so"),
    Column("seen_at", "time", "When it was last judged so"),
    Column("told", "text", "The evidence in sentences, in the language of the request"),
    Column("evidence", "text", "The numbers behind it, a JSON map"),
    Column("suggestion", "text", "What to do"),
    Column("command", "text", "What to type"),
    Column("capture", "integer", "Number of the capture that is a sample of it"),
    Column("capture_url", "text", "Address of that page"),
    Column("archive_url", "text", "Address of the outlet's page in this archive"),
)

LISTS: dict[ListName, tuple[Column, ...]] = {
    "articles": ARTICLES,
    "edits": EDITS,
    "concordance": CONCORDANCE,
    "attention": ATTENTION,
    "incidents": INCIDENTS,
}


def article_columns(*, with_body: bool = False, with_snippet: bool = False) -> tuple[Column, ...]:
    """Return the columns of articles, with those that are dear to make where they are wanted.

    >>> [column.name for column in article_columns(with_body=True)][-2:]
    ['archive_url', 'body']
    """
    return (*ARTICLES, *([SNIPPET] if with_snippet else []), *([BODY] if with_body else []))
