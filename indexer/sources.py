"""sources.yml: which institution sends which feed."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, PrivateAttr, ValidationError, ValidationInfo, field_validator, model_validator

from indexer.dates import Order
from indexer.failures import IndexerError
from indexer.feed_formats import FORMATS, Format, bare_name, feed_ending, fitting_ending
from indexer.fetching.address import AskableAddress, parse_address
from indexer.fetching.authorization import Authorization
from indexer.page_rules import PageRules
from indexer.second_file import SecondFile
from mappings.contract import LANGUAGES, Language
from mappings.listing import Institution
from mappings.record import Record

FETCH_SECONDS = 300.0
LONGEST_FETCH = 3_600.0
SITE: Format = "schema-org"
SITE_MAP = ".xml"


class Source(Record):
    """One feed, in a `file` or at a `url`. Files are relative to the folder of sources.yml.

    Of a source that is fetched, `file` is where the copy is kept; of one that was unpacked, where that was put. `auth`
    to `ca` go with `url` only, `pages` with that of a site map.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    institution: Institution
    url: AskableAddress | None = None
    file: Path = Path()
    format: Format | None = None
    encoding: str | None = None
    language: Language | None = None
    mapping: Path | None = None
    date_order: Order | None = None
    sample: bool = False
    # The share of its served listings that may be gone before the feed is taken for a broken one.
    shrink_limit: float = Field(default=0.2, ge=0, le=1)
    member: str | None = None
    join: SecondFile | None = None
    auth: Authorization | None = None
    timeout_seconds: float = Field(default=FETCH_SECONDS, gt=0, le=LONGEST_FETCH)
    max_megabytes: int | None = Field(default=None, ge=1)
    allow_private: bool = False
    ca: Path | None = None
    pages: PageRules | None = None
    _beside: Path | None = PrivateAttr(default=None)

    @field_validator("auth", "timeout_seconds", "max_megabytes", "allow_private", "ca", "pages")
    @classmethod
    def _goes_with_a_url(cls, value: Any, info: ValidationInfo) -> Any:
        if info.data.get("url", "") is None:
            raise ValueError(f"{info.field_name} goes with url only")
        return value

    @model_validator(mode="after")
    def _named(self) -> "Source":
        if not (self.institution.name.en or self.institution.name.fr):
            raise ValueError("the institution needs a name in English or French")
        if self.format == "ctdl" and self.mapping:
            raise ValueError("CTDL says what its terms mean: it is read without a mapping")
        return self

    @model_validator(mode="after")
    def _has_one_place(self) -> "Source":
        if (self.url is None) == (self.file == Path()):
            raise ValueError("a feed has either a file or a url")
        return self

    @model_validator(mode="after")
    def _joins_what_can_be_had(self) -> "Source":
        if self.join and not self.mapping:
            raise ValueError("join is the second file of a mapping, and there is none")
        if self.join and self.join.url and not self.url:
            raise ValueError("join.url goes with url only; beside a file, the mapping names the second file")
        return self

    @model_validator(mode="after")
    def _tells_its_format(self) -> "Source":
        if self.url and self.feed_format is None:
            raise ValueError("the address does not end in a known format: say which by format")
        return self

    @model_validator(mode="after")
    def _has_pages(self) -> "Source":
        if self.pages and self.feed_format != SITE:
            raise ValueError("pages are those of a site map, which is read by format: schema-org")
        return self

    @model_validator(mode="after")
    def _keeps_its_secret(self) -> "Source":
        if self.url and self.auth and not (self.allow_private or parse_address(self.url).is_secret):
            raise ValueError("auth is sent over https only; over http with allow_private, inside your own network")
        return self

    @property
    def _ending(self) -> str:
        """The ending of the feed's own name: in the archive, at its server, in its folder."""
        fetched = self.member or (parse_address(self.url).name if self.url else None)
        return feed_ending(fetched or self.file.name)

    @property
    def feed_format(self) -> Format | None:
        """The format said, else the one the file's ending stands for."""
        return self.format or FORMATS.get(self._ending)

    @property
    def is_site_map(self) -> bool:
        """Whether it is a map of the pages that describe the courses."""
        return self.feed_format == SITE and (self.pages is not None or self._ending == SITE_MAP)

    @property
    def kept_name(self) -> str:
        """The name of a fetched feed's copy, with an ending that fits its format."""
        return self.id + (SITE_MAP if self.is_site_map else fitting_ending(self._ending, self.feed_format))

    @property
    def bare_name(self) -> str:
        """The name of a packed file's content, with an ending that fits its format."""
        return Path(bare_name(self.member or self.file.name)).stem + Path(self.kept_name).suffix

    @property
    def second_file(self) -> Path | None:
        """Where the second file of its join is put when it is fetched or unpacked."""
        return self.file.with_name(f"{self.id}.joined{self.join.ending}") if self.join else None

    @property
    def folder(self) -> Path:
        """Where the files stand that are sent beside the feed."""
        return self._beside or self.file.parent

    @property
    def default_language(self) -> Language:
        """The language of unlabelled text: the one said, else the only one the institution is named in."""
        named: list[Language] = [code for code in LANGUAGES if getattr(self.institution.name, code)]
        return self.language or (named[0] if len(named) == 1 else "en")

    def placed(self, folder: Path, kept: Path | None = None) -> "Source":
        """The same source with its files found from `folder`, and its copy in a folder of its own in `kept`."""
        file = (kept or folder) / self.id / self.kept_name if self.url else folder / self.file
        named = {key: folder / path for key in ("mapping", "ca") if (path := getattr(self, key))}
        return self.model_copy(update={"file": file, **named})

    def unpacked_at(self, file: Path) -> "Source":
        """The same source with its feed taken out of the archive it is sent in."""
        unpacked = self.model_copy(update={"file": file})
        unpacked._beside = self.folder  # noqa: SLF001 - one of its own kind, just made
        return unpacked


class Sources(Record):
    """All feeds, in the order of the file."""

    sources: tuple[Source, ...] = Field(min_length=1)


def _line_of(node: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest part of the document on the way to `place`."""
    if node is None:
        return 1
    line: int = node.start_mark.line + 1
    if not place:
        return line
    child = _child(node, place[0])
    return _line_of(child, place[1:]) if child is not None else line


def _child(node: yaml.Node, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    return None


def _parse(path: Path) -> tuple[Any, yaml.Node | None]:
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.safe_load(text), yaml.compose(text, yaml.SafeLoader)
    except FileNotFoundError as error:
        raise IndexerError(f"the list of sources {path.name} is not there: {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexerError(f"the list of sources {path.name} cannot be read: {error}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise IndexerError(f"{path.name}, line {line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise IndexerError(f"{path.name} is not YAML: {error}") from error


def _refuse_twins(listed: Sources, path: Path, node: yaml.Node | None) -> None:
    seen: set[str] = set()
    for at, source in enumerate(listed.sources):
        if source.id in seen:
            line = _line_of(node, ("sources", at, "id"))
            raise IndexerError(f"{path.name}, line {line}: the source {source.id} stands twice")
        seen.add(source.id)


def read_sources(path: Path, kept: Path | None = None) -> tuple[Source, ...]:
    """The sources, with files found from the list's own folder and copies of what is fetched from `kept`.

    Raises IndexerError with the line that is wrong.
    """
    body, node = _parse(path)
    try:
        listed = Sources.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the list"
        raise IndexerError(f"{path.name}, line {_line_of(node, first['loc'])}: {key}: {first['msg']}") from error
    _refuse_twins(listed, path, node)
    return tuple(source.placed(path.parent, kept) for source in listed.sources)
