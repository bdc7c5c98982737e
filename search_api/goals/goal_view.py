"""What an answer says of the goal it was asked with."""

from typing import Any

from search_api.goals.goal import Need, Pursuit
from search_api.labels import Labels
from search_api.occupations.careers import named
from search_api.words import say

View = dict[str, Any]
# As many as people read; all of them count.
MOST_TERMS = 12
DIGITS = 4


def _need(need: Need, labels: Labels) -> View:
    first = list(need.terms.items())[:MOST_TERMS]
    terms = [{"id": term, "label": labels.term(term), "weight": round(weight, DIGITS)} for term, weight in first]
    return {"occupation": named(need.code, labels), "terms": terms}


def _note(found: Pursuit, labels: Labels) -> str | None:
    """Why the goal is not pursued, or what of it cannot be."""
    note: str | None = found.missing
    unknown = [code for code in (found.own, found.target) if code and code not in labels.knowledge.occupations]
    if unknown and not labels.knows(unknown[0]):
        note = "from_unknown"
    if found.aim and not found.aim.needs:
        note = "no_step_up"
    if note is None:
        return None
    own = labels.occupation(found.own) if found.own else ""
    target = labels.occupation(found.target) if found.target else ""
    unheld = labels.occupation(unknown[0]) if unknown else own
    said = {"said": found.said, "own": own, "target": target, "unheld": unheld}
    return say(f"goals/notes/{note}", labels.language, **said)


def goal_view(found: Pursuit | None, labels: Labels) -> View:
    """The member `goal` of an answer's query; nothing where no goal was asked for."""
    if found is None:
        return {}
    note = _note(found, labels)
    parts: View = {
        "id": found.goal,
        "label": say(f"page/goals/{found.goal}", labels.language),
        "active": found.aim is not None,
        "note": note,
        "origin": named(found.own, labels) if found.own and labels.knows(found.own) else None,
        "target": named(found.target, labels) if found.target and labels.knows(found.target) else None,
        "others": [named(code, labels) for code in found.others if labels.knows(code)],
        "needs": [_need(need, labels) for need in found.aim.needs] if found.aim else [],
    }
    return {"goal": {name: value for name, value in parts.items() if value is not None}}
