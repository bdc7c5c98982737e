"""One page of a site: asked for, checked and kept, or its last copy for some days."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from urllib3 import Retry

from indexer.failures import SourceError
from indexer.fetching.address import Address
from indexer.fetching.asking import UNCHANGED, Question, answer
from indexer.fetching.attempts import persistent
from indexer.fetching.bodies import decoded, save
from indexer.fetching.caller import Caller
from indexer.fetching.content import check_content
from indexer.fetching.deadline import Deadline
from indexer.fetching.kept import content_hash
from indexer.fetching.sites.bounds import Bounds
from indexer.fetching.sites.kept import Page, Wrong, pages_folder
from indexer.fetching.sites.robots import Robots
from indexer.sizes import MEGABYTE

PAGE_MEGABYTES = 10
# One page gets a tenth of the time, and no more than this: a site has many.
PAGE_SECONDS = 30.0
ONCE_MORE = Retry(total=1, backoff_factor=1.0, backoff_jitter=1.0)
# Many systems write a day of last change that means little: after so long a page is asked for whatever its map says.
TRUSTED_DAYS = 7
GONE = "fetch_gone"
FORM = "html"


@dataclass(frozen=True)
class Wanted:
    """A page to be fetched: its address as the map has it, in parts, and the day of change the map gives."""

    url: str
    address: Address
    changed: str


@dataclass
class Visitor:
    """Asks for pages one by one. `left`: bytes that may still come of all."""

    caller: Caller
    bounds: Bounds
    robots: Robots
    folder: Path
    today: dt.date
    left: int = field(default=0)

    def is_fresh(self, page: Page, wanted: Wanted) -> bool:
        """Whether a copy need not be asked about: by the map, the page is what it was."""
        if page.wrong or page.day is None or not wanted.changed:
            return False
        return page.changed == wanted.changed and (self.today - page.day).days < TRUSTED_DAYS

    def is_usable(self, page: Page) -> bool:
        """Whether a copy may be read although the page could not be asked for."""
        return page.day is not None and (self.today - page.day).days <= self.bounds.rules.keep_days

    def visit(self, wanted: Wanted, known: Page, deadline: Deadline) -> Page:
        """The page as it is now. Raises SourceError."""
        seconds = min(PAGE_SECONDS, self.caller.source.timeout_seconds / 10, deadline.left)
        with Deadline(seconds) as own:
            question = self.caller.question(wanted.address, own, known.validators, self._may_follow)
            return persistent(lambda: self._attempt(wanted, known, question), own, self.caller.pause, ONCE_MORE)

    def _may_follow(self, address: Address) -> bool:
        return self.bounds.holds(address) and self.robots.allows(address)

    def _attempt(self, wanted: Wanted, known: Page, question: Question) -> Page:
        with answer(question) as (address, response):
            if response.status == UNCHANGED:
                return known.model_copy(update={"day": self.today, "changed": wanted.changed, "wrong": None})
            name, limit = address.name or wanted.address.host, min(PAGE_MEGABYTES, self.caller.limit)
            body = save(response, self.folder / "page", name, limit)
            question.deadline.check()
            plain = decoded(response, body, address, name, limit)
            self.left -= plain.stat().st_size
            check_content(plain, FORM, name, self.caller.source.encoding)
            marks = {"etag": response.headers.get("ETag"), "last_modified": response.headers.get("Last-Modified")}
            return self._kept(plain, wanted).model_copy(update=marks)

    def _kept(self, made: Path, wanted: Wanted) -> Page:
        file, content = f"{hashlib.sha256(wanted.url.encode()).hexdigest()[:32]}.html", content_hash(made)
        made.replace(pages_folder(self.caller.source.file) / file)
        return Page(url=wanted.url, file=file, content=content, changed=wanted.changed, day=self.today)

    def failed(self, known: Page, error: SourceError) -> Page:
        """What is left of a page: its copy, unless it is gone or the copy is old."""
        wrong = Wrong(kind=error.problem.kind, facts=error.problem.facts)
        if wrong.kind != GONE and self.is_usable(known):
            return known.model_copy(update={"wrong": wrong})
        return Page(url=known.url, wrong=wrong)

    @property
    def is_spent(self) -> bool:
        return self.left <= 0


def allowance(caller: Caller) -> int:
    """Bytes of all pages together."""
    return caller.limit * MEGABYTE
