"""Where the second file of a mapping's join comes from, when it does not simply stand beside the feed."""

from pydantic import model_validator

from indexer.feed_formats import FORMATS, Format, feed_ending, fitting_ending
from indexer.fetching.address import AskableAddress, parse_address
from mappings.record import Record


class SecondFile(Record):
    """A file at a web address, or a member of the archive that holds the feed; with both, a member of an archive there.

    `format` is needed where the ending does not tell it.
    """

    url: AskableAddress | None = None
    member: str | None = None
    format: Format | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> "SecondFile":
        if not (self.url or self.member):
            raise ValueError("say where the second file is: a url, or a member of the feed's archive")
        if self.feed_format is None:
            raise ValueError("the second file's ending is of no known format: say which by format")
        return self

    @property
    def _ending(self) -> str:
        return feed_ending(self.member or parse_address(self.url or "").name)

    @property
    def feed_format(self) -> Format | None:
        """The format said, else the one the file's ending stands for."""
        return self.format or FORMATS.get(self._ending)

    @property
    def ending(self) -> str:
        """An ending for its copy that says its format."""
        return fitting_ending(self._ending, self.feed_format)
