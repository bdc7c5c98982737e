"""One question to a server and all the redirects it leads through."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from urllib3 import BaseHTTPResponse, Retry, Timeout
from urllib3.exceptions import HTTPError, InvalidHeader, SSLError

from indexer.failures import SourceError
from indexer.fetching.address import Address, AddressError
from indexer.fetching.connections import Network, pool
from indexer.fetching.deadline import Deadline
from indexer.fetching.failures import PassingError
from indexer.rules import problem

MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
# Too many questions, or a server that is being started, stopped or has a bad moment.
PASSING = {429, 500, 502, 503, 504}
FINE, UNCHANGED = 200, 304
REASONS = {401: "fetch_sign_in", 403: "fetch_sign_in", 404: "fetch_gone", 410: "fetch_gone"}
SILENCE_SECONDS = 60.0  # between two bytes
ALWAYS = {"User-Agent": "micro-credential-discovery", "Accept": "*/*", "Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Question:
    """What is asked, how and of whom. `secrets`: headers for the first server alone; `validators`: those of a copy.

    `may_follow`: whether a redirect may lead to an address, as far as who asks is concerned.
    """

    address: Address
    network: Network
    deadline: Deadline
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    validators: Mapping[str, str] = field(default_factory=dict)
    authority: Path | None = None
    may_follow: Callable[[Address], bool] = field(default=lambda _: True)
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=ALWAYS.copy)


def _headers(question: Question, address: Address) -> dict[str, str]:
    """Signing in goes to the server it was meant for and to no other."""
    own = question.secrets if address.origin == question.address.origin else {}
    return {**question.headers, **question.validators, **own}


def _trouble(error: HTTPError, address: Address) -> SourceError:
    """urllib3's own words are left out: they may repeat what was sent."""
    if not isinstance(error, SSLError):
        return PassingError(problem("fetch_broken_off", host=address.host))
    cause = error.args[0] if error.args else error
    detail = getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or "TLS"
    return SourceError(problem("fetch_certificate", host=address.host, detail=detail))


@contextmanager
def told(address: Address, deadline: Deadline) -> Iterator[None]:
    """Failures of the connection in words of ours; whatever fails once the time is over failed because of it."""
    try:
        yield
    except HTTPError as error:
        deadline.check()
        raise _trouble(error, address) from None


@contextmanager
def _asked(question: Question, address: Address) -> Iterator[BaseHTTPResponse]:
    deadline = question.deadline
    opened = partial(question.network.open, address, deadline)
    limit = Timeout(connect=max(deadline.left, 0.01), read=SILENCE_SECONDS)
    with told(address, deadline), pool(address, opened, question.authority) as server:
        response = server.urlopen(
            question.method, address.target, headers=_headers(question, address), timeout=limit,
            redirect=False, retries=False, preload_content=False, decode_content=False,
        )  # fmt: skip
        try:
            yield response
        finally:
            response.close()


def _after(response: BaseHTTPResponse) -> float | None:
    """Seconds the server asks to wait; None where it says nothing that can be read."""
    try:
        return Retry().get_retry_after(response)
    except (InvalidHeader, ValueError, OverflowError):
        return None


def _redirect_refused(address: Address, en: str, fr: str) -> SourceError:
    return SourceError(problem("fetch_redirect_refused", host=address.host, detail_en=en, detail_fr=fr))


def _next(response: BaseHTTPResponse, address: Address) -> Address:
    """Where a redirect leads. Raises SourceError for where it must not."""
    try:
        found = address.follow(response.headers.get("Location", ""))
    except AddressError as error:
        raise _redirect_refused(address, error.en, error.fr) from None
    if address.is_secret and not found.is_secret:
        raise _redirect_refused(address, "it is not encrypted", "elle n'est pas chiffrée")
    return found


def _check_status(response: BaseHTTPResponse, address: Address, *, conditional: bool) -> None:
    """Raises SourceError unless the answer is the feed, or says that the copy still is."""
    status = response.status
    if status == FINE or (status == UNCHANGED and conditional):
        return
    told = problem(REASONS.get(status, "fetch_status"), host=address.host, status=status)
    raise PassingError(told, _after(response)) if status in PASSING else SourceError(told)


@contextmanager
def answer(question: Question) -> Iterator[tuple[Address, BaseHTTPResponse]]:
    """The last server's address and answer, 200 or 304, its body not read yet. Raises SourceError."""
    address = question.address
    for _ in range(MOST_REDIRECTS + 1):
        with _asked(question, address) as response:
            if response.status not in REDIRECTS:
                _check_status(response, address, conditional=bool(question.validators))
                yield address, response
                return
            address = _next(response, address)
        if not question.may_follow(address):
            raise _redirect_refused(
                address, "it is none of the site's pages that may be asked for", "aucune page permise du site n'y est"
            )
    raise SourceError(problem("fetch_redirects", host=question.address.host, limit=MOST_REDIRECTS))
