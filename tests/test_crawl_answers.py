"""Why an answer did not come, in plain words, whoever raised the error."""

import inspect

import pytest
import scrapy.exceptions
from OpenSSL import SSL
from twisted.internet import error
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed, ResponseNeverReceived

from scraper.crawl.answers import REASONS, reason_of


def wrapped(cause: BaseException) -> BaseException:
    """Return what Scrapy makes of an error of Twisted's."""
    found = scrapy.exceptions.DownloadFailedError(str(cause))
    found.__cause__ = cause
    return found


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (scrapy.exceptions.DownloadConnectionRefusedError("x"), "connection refused"),
        (error.ConnectionRefusedError(), "connection refused"),
        (wrapped(ResponseNeverReceived([Failure(error.ConnectionLost())])), "no answer"),
        (wrapped(ResponseNeverReceived([Failure(SSL.Error([]))])), "no secure connection"),
        (wrapped(ResponseFailed([Failure(error.ConnectionDone())])), "connection lost"),
        (scrapy.exceptions.DownloadFailedError("x"), "connection lost"),
        (type("OddTroubleError", (Exception,), {})(), "odd trouble"),
        (scrapy.exceptions.IgnoreRequest("robots.txt forbids it"), "robots.txt forbids it"),
    ],
)
def test_a_failed_request_is_told_in_plain_words(trouble: BaseException, words: str) -> None:
    assert reason_of(trouble) == words


def test_every_download_error_of_scrapy_has_words() -> None:
    own = [name for name, _ in inspect.getmembers(scrapy.exceptions, inspect.isclass)]
    downloads = [name for name in own if name.startswith(("Download", "Response", "Cannot"))]
    assert len(downloads) >= 5
    assert set(downloads) <= REASONS.keys()
