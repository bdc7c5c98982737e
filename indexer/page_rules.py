"""Which pages of a site map are fetched, and how gently."""

from typing import Annotated

from pydantic import Field

from mappings.record import Record

HostName = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
Start = Annotated[str, Field(pattern=r"^/")]


class PageRules(Record):
    """`hosts`: other servers whose pages belong to the site; `under`: how the paths of its course pages begin.

    `most` pages are fetched, `seconds_between` one and the next, or as the site's robots.txt says. The copy of a page
    that fails is read for `keep_days`.
    """

    hosts: tuple[HostName, ...] = ()
    under: tuple[Start, ...] = ()
    most: int = Field(default=2_000, ge=1, le=100_000)
    seconds_between: float = Field(default=0.5, ge=0, le=60)
    keep_days: int = Field(default=7, ge=0, le=90)
