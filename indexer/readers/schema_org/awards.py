"""What a course leads to: the type of credential, and occupations of the national classification."""

import re
from collections.abc import Iterator

from indexer.cleaning import key
from indexer.readers.schema_org.graphs import CREDENTIAL, Graph
from indexer.readers.schema_org.nodes import Node, Words
from indexer.readers.schema_org.texts import first_text, labels, words
from indexer.rules import Problem, problem

AWARDED = ("educationalCredentialAwarded", "occupationalCredentialAwarded", "credentialCategory")
# In this order: a “micro-credential certificate” is the former.
TYPES = {
    "micro_credential": re.compile(r"\b(?:micro ?credentials?|micro ?certifications?|microtitres?)\b"),
    "digital_badge": re.compile(r"\b(?:badges?|insignes? numeriques?)\b"),
    "exam_preparation": re.compile(
        r"\b(?:exam(?:ination)? prep(?:aration)?|preparation (?:a|aux) (?:l |un )?examens?)\b"
    ),
    "certificate": re.compile(r"\b(?:certificates?|certifications?|certificats?|attestations?)\b"),
}
NOC = re.compile(
    r"\b(?:NOC|CNP|National Occupational Classification|Classification nationale des professions)\b", re.IGNORECASE
)
OF_NOC = re.compile(r"(?:(?:NOC|CNP)(?: ?2021)?[ :-]*)?([0-9]{5})(?: ?[-–:] ?.*)?", re.IGNORECASE)
CODE_SETS = ("inCodeSet", "inDefinedTermSet", "educationalFramework")


def credential_type(node: Node, graph: Graph) -> str:
    """By the words of what is awarded, else of the name; a bare course is a course."""
    awarded = [text for one in graph.parts(node, *AWARDED) for text in labels(one, graph, "credentialCategory")]
    told = [key(text) for text in (*awarded, *labels(node, graph, *AWARDED), *labels(node, graph, "name"))]
    found = next((name for name, pattern in TYPES.items() if any(pattern.search(text) for text in told)), "")
    is_course = CREDENTIAL not in node.kinds and not any(kind.endswith("Program") for kind in node.kinds)
    return found or ("course" if is_course else "")


def _code_set(node: Node, graph: Graph) -> str:
    named = first_text(node, graph, *CODE_SETS)
    addresses = (part.address for part in graph.parts(node, *CODE_SETS))
    return named or next(addresses, "")


def _noc_code(value: Node | Words, graph: Graph) -> str:
    """The code where it is one of the NOC: by its set, or five digits of no set; else nothing."""
    code_set = ""
    if isinstance(value, Node):
        node = graph.whole(value)
        code_set = _code_set(node, graph)
        text = first_text(node, graph, "codeValue", "termCode", "name")
    else:
        text = value.text.strip()
    found = OF_NOC.fullmatch(text)
    return found[1] if found and (not code_set or NOC.search(code_set)) else ""


def occupations(node: Node, graph: Graph) -> Iterator[tuple[str, Problem | None]]:
    """Each occupational category as a NOC code, or as it stands with what is wrong."""
    for value in node.values.get("occupationalCategory", ()):
        if isinstance(value, Node | Words):
            code = _noc_code(value, graph)
            shown = next((one.text for one in words(value, graph)), "")
            yield (code, None) if code else (shown, problem("occupation_elsewhere"))
