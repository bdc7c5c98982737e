"""Reports as pages that stand alone: one file each, without scripts, to read on a screen or on paper."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from indexer.institution_reports.facts import InstitutionReport
from indexer.institution_reports.formats import moment, number, plural
from indexer.institution_reports.rows import ERRORS
from mappings.contract import LANGUAGES, Language
from mappings.yaml_file import read_yaml

WORDS = Path(__file__).with_name("words.yml")
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@cache
def _words() -> dict[str, Any]:
    body: dict[str, Any] = read_yaml(WORDS)
    return body


@cache
def _templates() -> Environment:
    """All that is filled in is escaped, and nothing may be missing."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def say(path: str, language: Language, **values: Any) -> str:
    """The words at a path such as `outcomes/loaded`; with `count` in its form for that number. Raises KeyError."""
    found: Any = _words()
    for key in path.split("/"):
        found = found[key]
    words = found[language]
    if isinstance(words, dict):
        words = words[plural(values["count"], language)]
    if "count" in values:
        values["count"] = number(values["count"], language)
    text: str = words.format_map(values)
    return text


def _tools(language: Language) -> dict[str, Any]:
    """What templates speak with."""
    tools: dict[str, Callable[..., str]] = {
        "say": partial(_said, language),
        "number": partial(_in, number, language),
        "moment": partial(_in, moment, language),
    }
    other = next(code for code in LANGUAGES if code != language)
    return {"lang": language, "other": other, "errors": ERRORS[language], **tools}


def _said(language: Language, path: str, **values: Any) -> str:
    return say(path, language, **values)


def _in(shown: Callable[[Any, str], str], language: Language, value: Any) -> str:
    return shown(value, language)


def institution_page(report: InstitutionReport, language: Language) -> str:
    return _templates().get_template("institution.html").render(report=report, **_tools(language))


def index_page(reports: Sequence[InstitutionReport], language: Language) -> str:
    return _templates().get_template("institutions.html").render(reports=reports, **_tools(language))
