"""sources.yml: which institution sends which feed."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from indexer.failures import IndexerError
from mappings.contract import LANGUAGES, Language
from mappings.listing import Institution
from mappings.record import Record

Format = Literal["csv", "xlsx", "ndjson", "json"]
FORMATS: dict[str, Format] = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xlsx", ".ods": "xlsx",
    ".ndjson": "ndjson", ".jsonl": "ndjson", ".json": "json",
}  # fmt: skip


class Source(Record):
    """One feed. `file` and `mapping` are relative to the folder of sources.yml."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    institution: Institution
    file: Path
    format: Format | None = None
    encoding: str | None = None
    language: Language | None = None
    mapping: Path | None = None
    sample: bool = False
    # The share of its served listings that may be gone before the feed is taken for a broken one.
    shrink_limit: float = Field(default=0.2, ge=0, le=1)

    @model_validator(mode="after")
    def _named(self) -> "Source":
        if not (self.institution.name.en or self.institution.name.fr):
            raise ValueError("the institution needs a name in English or French")
        return self

    @property
    def feed_format(self) -> Format | None:
        """The format said, else the one the file's ending stands for."""
        return self.format or FORMATS.get(self.file.suffix.lower())

    @property
    def default_language(self) -> Language:
        """The language of unlabelled text: the one said, else the only one the institution is named in."""
        named: list[Language] = [code for code in LANGUAGES if getattr(self.institution.name, code)]
        return self.language or (named[0] if len(named) == 1 else "en")

    def placed(self, folder: Path) -> "Source":
        """The same source with its files found from `folder`."""
        mapping = folder / self.mapping if self.mapping else None
        return self.model_copy(update={"file": folder / self.file, "mapping": mapping})


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


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources, with files found from the list's own folder. Raises IndexerError with the line that is wrong."""
    body, node = _parse(path)
    try:
        listed = Sources.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the list"
        raise IndexerError(f"{path.name}, line {_line_of(node, first['loc'])}: {key}: {first['msg']}") from error
    _refuse_twins(listed, path, node)
    return tuple(source.placed(path.parent) for source in listed.sources)
