"""What queries may name: the fields and flags of each search index, and notes to who asked.

Standard library only.
"""

from dataclasses import dataclass

DATE_FIELDS = ("after", "before", "date")
TAG_FIELDS = {"lang": "lang", "language": "lang", "country": "country"}
FLAG_FIELD = "is"


class Note(str):
    """A whole sentence for the reader; `message` and `values` let it be said in their language.

    >>> Note("%(word)s was left out.", word="…")
    '… was left out.'
    """

    message: str
    values: dict[str, object]

    def __new__(cls, message: str, **values: object) -> "Note":
        """Write the sentence in English."""
        note = super().__new__(cls, message % values if values else message)
        note.message, note.values = message, values
        return note


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """One search index, as its queries see it.

    Args:
        texts: FTS5 columns that a word without a field is looked for in.
        columns: the field names of text columns, each with its FTS5 column.
        flags: what may stand after is:, each a token of the column `flags`.
        silent: fields whose words are not marked in the texts found.
    """

    texts: tuple[str, ...]
    columns: dict[str, str]
    flags: tuple[str, ...]
    silent: tuple[str, ...] = ("outlet", "section")

    def column(self, field: str) -> str:
        """Return the FTS5 column filter of a field, "" for none.

        >>> ARTICLES.column("title"), ARTICLES.column("")
        ('title', '{title body author description}')
        """
        return self.columns[field] if field else "{" + " ".join(self.texts) + "}"

    def fields(self) -> list[str]:
        """List every field name, longer ones first."""
        names = [*self.columns, *DATE_FIELDS, *TAG_FIELDS, FLAG_FIELD]
        return sorted(names, key=len, reverse=True)


ARTICLES = Grammar(
    texts=("title", "body", "author", "description"),
    columns={
        name: name for name in ("title", "body", "author", "description", "outlet", "section")
    },
    flags=(
        "revised", "paywalled", "free", "gone", "opinion", "liveblog", "video", "audio", "gallery",
    ),
)  # fmt: skip


def flag_token(flag: str) -> str:
    """Return a flag as a token no text contains.

    >>> flag_token("revised")
    'isrevised'
    """
    return f"is{flag}"
