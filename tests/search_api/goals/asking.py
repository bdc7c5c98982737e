"""What tests of goals read in an answer."""

from tests.search_api.asking import Json


def goal_reasons(hit: Json) -> list[Json]:
    return [reason for reason in hit["reasons"] if reason["type"] == "goal"]


def taught(hit: Json) -> set[str]:
    """Vocabulary ids of what a hit teaches, by the listing's own record."""
    return {term["id"] for field in ("skills", "tools") for term in hit.get(field, ())}


def without_goal(answer: Json) -> Json:
    """The answer but for what it says of the goal, and for the time it took."""
    query = {name: value for name, value in answer["query"].items() if name != "goal"}
    return answer | {"query": query, "took_ms": 0}
