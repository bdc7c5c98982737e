"""CTDL as JSON-LD: resources by their identifiers, terms by their names, text by its language.

Contexts are never fetched: the prefixes are CTDL's own, those an inline context declares, or none at all. Nothing here
follows more than one link, so that resources which point at each other, or nest deeply, cost nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from indexer.language_names import text_language
from mappings.contract import LANGUAGES, Language

Resource = dict[str, Any]
Texts = dict[Language | None, str]

VOCABULARIES = tuple(
    f"{scheme}://purl.org/{name}/terms/" for scheme in ("https", "http") for name in ("ctdl", "ctdlasn")
)
PREFIXES = ("ceterms:", "ceasn:", *VOCABULARIES, "")
TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
UNSAID = ("@none", "und")
PLACEHOLDER = re.compile(r"\*{3}[^*]{0,200}MISSING \*{3}")
NOT_IN_NAME = re.compile(r"[^a-z0-9]")
NAME_ENDS = re.compile(r"[:/#]")


def listed(value: Any) -> list[Any]:
    """The values of a term: none, one, a list, or JSON-LD's own containers."""
    if isinstance(value, dict) and value.keys() & {"@list", "@set"}:
        value = value.get("@list", value.get("@set"))
    return value if isinstance(value, list) else [] if value is None else [value]


def local_name(name: str) -> str:
    """What of a name is behind its prefix or path: `Course` of `ceterms:Course`."""
    return NAME_ENDS.split(name.rstrip("/"))[-1]


def folded(name: str) -> str:
    """A concept's name to compare: `inperson` of `deliveryType:InPerson` and of `In-Person`."""
    return NOT_IN_NAME.sub("", local_name(name).lower())


def classes(resource: Resource) -> list[str]:
    """The local names of its types."""
    return [local_name(one) for one in listed(resource.get("@type")) if isinstance(one, str)]


def identifier(value: Any) -> str | None:
    """The address of a resource or of a link to one."""
    found = value.get("@id") if isinstance(value, dict) else value
    return found if isinstance(found, str) and found else None


def is_link(value: Any) -> bool:
    """Whether it only points to a resource that stands elsewhere."""
    return isinstance(value, str) or (isinstance(value, dict) and not value.keys() - {"@id", "@type"})


def _labelled(value: Any) -> Iterator[tuple[str, Any]]:
    """Language tag and text; a value without a language has the tag `@none`."""
    if not isinstance(value, dict):
        yield "@none", value
    elif "@value" in value:
        yield str(value.get("@language") or "@none"), value["@value"]
    else:
        tagged = ((tag, inner) for tag, inner in value.items() if tag in UNSAID or TAG.fullmatch(tag))
        yield from ((tag, one) for tag, inner in tagged for one in listed(inner))


def texts(value: Any) -> Iterator[tuple[Language | None, str]]:
    """Text with its language (None where it is not said). Text in a third language is passed over, and placeholders."""
    for one in listed(value):
        for tag, text in _labelled(one):
            language = None if tag in UNSAID else text_language(tag)
            known = language or tag in UNSAID
            if isinstance(text, str) and text.strip() and known and not PLACEHOLDER.fullmatch(text.strip()):
                yield language, text


def first_texts(value: Any) -> Texts:
    """The first text of each language."""
    found: Texts = {}
    for language, text in texts(value):
        found.setdefault(language, text)
    return found


def plain_text(value: Any) -> str | None:
    """One text of a name that is the same in any language: unlabelled, English, French."""
    found = first_texts(value)
    return next((found[code] for code in (None, *LANGUAGES) if code in found), None)


@dataclass(frozen=True)
class Graph:
    """The resources of a file, found by their identifiers; the day they are read."""

    known: Callable[[str], Resource | None]
    today: dt.date
    prefixes: tuple[str, ...] = PREFIXES

    def term(self, resource: Resource, *names: str) -> Any:
        """The value of the first of some terms that the resource has."""
        for name in names:
            for prefix in self.prefixes:
                value = resource.get(prefix + name)
                if value or value in (0, False):
                    return value
        return None

    def scalar(self, resource: Resource, name: str) -> Any:
        """The first number, text or flag of a term."""
        bare = (one.get("@value") if isinstance(one, dict) else one for one in listed(self.term(resource, name)))
        return next((one for one in bare if isinstance(one, str | int | float)), None)

    def linked(self, value: Any) -> list[Resource]:
        """The resources a term gives: those that stand inside it, and those of the file it links to."""
        return [found for one in listed(value) if (found := self._found(one)) is not None]

    def _found(self, value: Any) -> Resource | None:
        if is_link(value):
            address = identifier(value)
            return self.known(address) if address else None
        return value if isinstance(value, dict) else None

    def concepts(self, value: Any) -> list[str]:
        """Folded names of the concepts of a term: aligned objects, links or bare names."""
        named = (self._concept(one) for one in listed(value))
        return [folded(name) for name in named if name]

    def _concept(self, value: Any) -> str | None:
        if not isinstance(value, dict):
            return value if isinstance(value, str) else None
        target = identifier(self.term(value, "targetNode"))
        return target or plain_text(self.term(value, "targetNodeName")) or identifier(value)


@dataclass
class Names:
    """The names that terms wear in a file, and the prefixes its inline contexts declare for CTDL's vocabularies."""

    worn: set[str] = field(default_factory=set)
    declared: dict[str, None] = field(default_factory=dict)

    def meet_context(self, context: Any) -> None:
        for one in listed(context):
            if isinstance(one, dict):
                aliases = (f"{alias}:" for alias, address in one.items() if address in VOCABULARIES)
                self.declared.update(dict.fromkeys(aliases))

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Those in use: most files use one of many, and each costs a look-up a term."""
        bare = any(":" not in name for name in self.worn if not name.startswith("@"))
        possible = dict.fromkeys((*PREFIXES, *self.declared))
        worn = (one for one in possible if one and any(name.startswith(one) for name in self.worn))
        return tuple(dict.fromkeys(("ceterms:", "ceasn:", *worn, *([""] if bare else []))))
