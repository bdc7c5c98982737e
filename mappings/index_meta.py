"""What an index says about itself in `_meta`, and how indices are named. Both sides read and write it through here."""

import datetime as dt
import re
from typing import Any

from mappings.adapter import NONE, Adapter, adapter_named
from mappings.contract import Contract
from mappings.embedding import Means, Recipe
from mappings.fingerprint import contract_fingerprint, fingerprint
from mappings.listing import Institution
from mappings.record import Record

# The suffix sorts by time, so the newest index of a prefix is the last by name.
TIME_FORMAT = "%Y%m%d%H%M%S"
# What follows the prefix in a name: fingerprint and time.
NAME = re.compile(r"-[0-9a-f]{12}-([0-9]{14})")


class SourceMeta(Record):
    """One feed as it stands in the index: whose listings it holds, how many, and whether they are samples or stale.

    `read_at` is when its feed was last read well, `stale_since` the first day it could not be.
    """

    id: str
    listings: int
    institution: Institution
    sample: bool = False
    stale: bool = False
    stale_since: dt.date | None = None
    read_at: dt.datetime | None = None
    digest: str = ""


class IndexMeta(Record):
    """`_meta` of a listings index. `complete` is set last, after verification; the reader serves nothing before it.

    `folded` counts the listings that are further offerings of a course another one stands for. `previous` is the index
    served before it, `forced` what of the gate was overruled for it, `rolled_back` when it was given up for `previous`.
    """

    fingerprint: str
    contract: str
    recipe: dict[str, Any]
    means: dict[str, dict[str, str]]
    sources: tuple[SourceMeta, ...] = ()
    listings: int = 0
    folded: int = 0
    built: dt.datetime
    knowledge: str = ""
    previous: str | None = None
    forced: tuple[str, ...] = ()
    rolled_back: dt.datetime | None = None
    complete: bool = False

    @property
    def courses(self) -> int:
        """What there is to be found: each course once, however often it is offered."""
        return self.listings - self.folded

    @property
    def adapter(self) -> Adapter | None:
        """What its vectors were turned by."""
        return adapter_named(str(self.recipe.get("adapter", NONE)))

    def mean_vectors(self) -> Means:
        return Means.from_meta(self.means)


def new_meta(contract: Contract, recipe: Recipe, means: Means, built: dt.datetime) -> IndexMeta:
    """The meta of an index about to be filled."""
    return IndexMeta(
        fingerprint=fingerprint(contract, recipe),
        contract=contract_fingerprint(contract),
        recipe=recipe.as_meta(),
        means=means.as_meta(),
        built=built,
    )


def index_name(prefix: str, fingerprint_: str, built: dt.datetime) -> str:
    """`listings-<fingerprint>-<time>`; the prefix alone is the alias that is served."""
    return f"{prefix}-{fingerprint_}-{built.strftime(TIME_FORMAT)}"


def index_pattern(prefix: str) -> str:
    """Matches the indices of a prefix, and those of prefixes that go on with a hyphen: see `index_time`.

    The engine knows no wildcard for one character; `?` would match nothing.
    """
    return f"{prefix}-*-*"


def index_time(name: str, prefix: str) -> str | None:
    """The time in an index's name when the index is of exactly that prefix, else None."""
    found = NAME.fullmatch(name.removeprefix(prefix)) if name.startswith(prefix) else None
    return found[1] if found else None
