"""Every format a list can be taken away in, by the ending of its file or address."""

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from scraper.exports.atom import AtomEncoder
from scraper.exports.bibliographies import BibEncoder, CslEncoder, RisEncoder
from scraper.exports.columns import LISTS, ListName
from scraper.exports.delimited import CsvEncoder, TsvEncoder
from scraper.exports.encoders import Encoder, Header, Row
from scraper.exports.json_lists import JsonEncoder, JsonLinesEncoder


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Args:
        ending: of a file's name or an address, without the dot.
        media_type: for Content-Type.
        label: its name, the same in every language.
        encoder: makes the encoder of one list.
        lists: what can be written in it.
        needs: a package that is an extra, "" for none.
    """

    ending: str
    media_type: str
    label: str
    encoder: Callable[[Header], Encoder]
    lists: frozenset[ListName] = frozenset(LISTS)
    needs: str = ""

    @property
    def is_available(self) -> bool:
        """Tell whether what it needs is installed."""
        return not self.needs or find_spec(self.needs) is not None

    def write(self, header: Header, batches: Iterable[Sequence[Row]]) -> Iterator[bytes]:
        """Return a list as a file, in pieces of about a batch, none of them empty.

        Raises:
            ExportUnavailable: the format needs a package that is not installed; at once.
        """
        return _write(self.encoder(header), batches)

    def stream(self, header: Header, batches: AsyncIterable[Sequence[Row]]) -> AsyncIterator[bytes]:
        """Return what `write` returns, from batches that come when they can.

        Raises:
            ExportUnavailable: the format needs a package that is not installed; at once.
        """
        return _stream(self.encoder(header), batches)


def _write(encoder: Encoder, batches: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    if piece := encoder.begin():
        yield piece
    for batch in batches:
        if piece := encoder.rows(batch):
            yield piece
    if piece := encoder.end():
        yield piece


async def _stream(encoder: Encoder, batches: AsyncIterable[Sequence[Row]]) -> AsyncIterator[bytes]:
    if piece := encoder.begin():
        yield piece
    async for batch in batches:
        if piece := encoder.rows(batch):
            yield piece
    if piece := encoder.end():
        yield piece


def parquet_encoder(header: Header) -> Encoder:
    """Return an encoder of Parquet.

    Raises:
        ExportUnavailable: pyarrow is not installed.
    """
    from scraper.exports.parquet import ParquetEncoder

    return ParquetEncoder(header)


OF_ARTICLES: frozenset[ListName] = frozenset({"articles"})

FORMATS: dict[str, Format] = {
    each.ending: each
    for each in (
        Format("csv", "text/csv; charset=utf-8", "CSV", CsvEncoder),
        Format("tsv", "text/tab-separated-values; charset=utf-8", "TSV", TsvEncoder),
        Format("json", "application/json", "JSON", JsonEncoder),
        Format("jsonl", "application/jsonl; charset=utf-8", "JSON Lines", JsonLinesEncoder),
        Format(
            "parquet", "application/vnd.apache.parquet", "Parquet", parquet_encoder, needs="pyarrow"
        ),
        Format(
            "atom",
            "application/atom+xml; charset=utf-8",
            "Atom",
            AtomEncoder,
            frozenset({"articles", "edits"}),
        ),
        Format("bib", "application/x-bibtex; charset=utf-8", "BibTeX", BibEncoder, OF_ARTICLES),
        Format(
            "ris",
            "application/x-research-info-systems; charset=utf-8",
            "RIS",
            RisEncoder,
            OF_ARTICLES,
        ),
        Format(
            "csl", "application/vnd.citationstyles.csl+json", "CSL-JSON", CslEncoder, OF_ARTICLES
        ),
    )
}


def formats_for(name: ListName) -> tuple[Format, ...]:
    """Return the formats a list can be written in here, in the order to show them.

    >>> [each.ending for each in formats_for("edits") if not each.needs]
    ['csv', 'tsv', 'json', 'jsonl', 'atom']
    """
    return tuple(each for each in FORMATS.values() if name in each.lists and each.is_available)
