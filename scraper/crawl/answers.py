"""What an answer says, or why there is none, in plain words."""

import re
from collections.abc import Iterator

import scrapy
from scrapy.http import Response

LOST = "connection lost"
NO_ANSWER = "no answer"
# Scrapy's errors, and Twisted's below them, by the name of their class: what they have in common.
REASONS = {
    "DownloadCancelledError": "too large",
    "StopDownload": "too many headers",
    "TimeoutError": "timeout",
    "DownloadTimeoutError": "timeout",
    "TCPTimedOutError": "timeout",
    "CannotResolveHostError": "name not found",
    "DNSLookupError": "name not found",
    "UnknownHostError": "name not found",
    "DownloadConnectionRefusedError": "connection refused",
    "ConnectionRefusedError": "connection refused",
    "NoRouteError": "no way to the host",
    "ConnectError": "no connection",
    "ConnectBindError": "no connection",
    "ConnectingCancelledError": "no connection",
    "ConnectionLost": LOST,
    "ConnectionDone": LOST,
    "ConnectionAborted": LOST,
    "ConnectionClosed": LOST,
    "ConnectionResetError": LOST,
    "ResponseNeverReceived": NO_ANSWER,
    "ResponseFailed": LOST,
    "DownloadFailedError": LOST,
    "ResponseDataLossError": "answer cut short",
    "PotentialDataLoss": "answer cut short",
    "_DataLoss": "answer cut short",
    "ParseError": "no HTTP answer",
    "BadHeaders": "no HTTP answer",
    "BadResponseVersion": "no HTTP answer",
    "UnsupportedURLSchemeError": "no http(s) URL",
    "SchemeNotSupported": "no http(s) URL",
    "CertificateError": "no secure connection",
    "VerifyError": "no secure connection",
    "VerificationError": "no secure connection",
    "SSLError": "no secure connection",
}


def headers_of(response: Response) -> dict[str, str]:
    """Return a response's headers as text, repeated ones joined by commas."""
    return {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def header(response: Response | None, name: str) -> str:
    """Return a response header as text, "" when there is none."""
    value = response.headers.get(name) if response is not None else None
    return value.decode("latin-1") if value else ""


def reason_of(error: BaseException | None) -> str:
    """Return why a request failed, in a few countable words."""
    if isinstance(error, scrapy.exceptions.IgnoreRequest):
        text = str(error)
        return "too large" if "DOWNLOAD_MAXSIZE" in text else text.split("\n")[0][:100] or "ignored"
    told = [words for one in _causes(error) if (words := _words(one))]
    if told[:1] == [LOST] and NO_ANSWER in told:  # before anything came
        return NO_ANSWER
    # Of an error of which nothing is known, its name: "OddTroubleError" becomes "odd trouble".
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower()
    return told[0] if told else name.removesuffix(" error")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield what an error comes from, the deepest first: Scrapy's wraps Twisted's, which lists."""
    if error is None:
        return
    cause = error.__cause__ or error
    for failure in getattr(cause, "reasons", None) or ():
        if isinstance(value := getattr(failure, "value", failure), BaseException):
            yield value
    yield cause
    yield error


def _words(error: BaseException) -> str:
    kind = type(error)
    if kind.__module__.startswith("OpenSSL"):
        return "no secure connection"
    return REASONS.get(kind.__name__, "")
