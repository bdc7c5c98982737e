"""Formats that need no mapping of one's own, by what their files begin with."""

from typing import Any, NamedTuple

from indexer.readers.ctdl_graph import VOCABULARIES

CTDL_PREFIX = "ceterms:"
GLANCED = 20  # members of a list


class XmlFormat(NamedTuple):
    """An XML format: what its first element is called, a part of its namespace, and the mapping that ships."""

    root: str
    address: str
    mapping: str


XML_FORMATS = (
    XmlFormat("catalog", "xcri.org/profiles/1.2", "xcri-cap.yml"),
    XmlFormat("CDM", "", "cdm-fr.yml"),
    XmlFormat("lheo", "", "lheo.yml"),
    XmlFormat("import", "educations.com/XmlImport", "emg.yml"),
    XmlFormat("rss", "", "rss.yml"),
    XmlFormat("feed", "www.w3.org/2005/Atom", "atom.yml"),
    XmlFormat("SearchCourseSectionProfileResult", "", "destiny-one-xml.yml"),
)


def shipped_mapping(root: str) -> str | None:
    """The mapping that ships for files whose first element has this name, written `{namespace}name`."""
    address, _, name = root.rpartition("}")
    return next((one.mapping for one in XML_FORMATS if one.root == name and one.address in address), None)


def _contexts(body: dict[str, Any]) -> str:
    return str(body.get("@context", ""))[:10_000]


def _says(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    context, names = _contexts(body), [str(name) for name in list(body)[:100]]
    if any(one in context for one in VOCABULARIES) or any(name.startswith(CTDL_PREFIX) for name in names):
        return "ctdl"
    kinds = str(body.get("@type", ""))[:200]
    if kinds.startswith(CTDL_PREFIX):
        return "ctdl"
    return "schema-org" if "schema.org" in context or "schema.org" in kinds else None


def self_explaining(body: Any) -> str | None:
    """`ctdl` or `schema-org` where a JSON document says what its terms mean, and is so read without a mapping."""
    inner = body.get("@graph") if isinstance(body, dict) else body
    listed = inner[:GLANCED] if isinstance(inner, list) else []
    return next(filter(None, map(_says, (body, *listed))), None)
