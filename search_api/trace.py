"""Explains one search to a person: what was understood, what each leg found, and how that made the order.

`make trace q="bookkeeper" lang=en`
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from search_api.app import create_app
from search_api.listing_view import course_of_view
from search_api.settings import ReaderSettings

OK = 200
SHOWN = 20
WIDTH = 160  # of what is no terminal
PATIENCE = 30.0  # seconds; the first search of an index just loaded may take longer than learners are to wait
Answer = dict[str, Any]
# A path of the API and its parameters; status and body.
Ask = Callable[[str, Mapping[str, str]], tuple[int, Answer]]


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m search_api.trace", description=__doc__)
    top.add_argument("q", help="what is typed")
    top.add_argument("lang", nargs="?", default="en", choices=("en", "fr"))
    return top


class Titles:
    """Titles of listings by id, asked for where the answer does not hold them."""

    def __init__(self, ask: Ask, answer: Answer, language: str) -> None:
        self._ask, self._language = ask, language
        self._known = {course_of_view(hit): hit["title"] for hit in answer["hits"]}

    def __getitem__(self, listing: str) -> str:
        if listing not in self._known:
            _, found = self._ask(f"/v1/credentials/{listing}", {"lang": self._language})
            self._known[listing] = found.get("title", "")
        return str(self._known[listing])


def understood(answer: Answer) -> Table:
    """What the query was taken for."""
    query, debug = answer["query"], answer["debug"]
    shown = Table(title=f"“{query['text']}” ({query['language']})", title_justify="left", show_header=False)
    shown.add_row("searched for", query["core"])
    for one in query["meanings"]:
        shown.add_row(one["type"], f"{one['label']} ({one['id']}, {one['basis']}, {one['confidence']})")
    for one in query["limits"]:
        shown.add_row("limit", f"{one['label']}{'' if one['applied'] else ' (suggested)'}")
    for one in query["spelling"]:
        shown.add_row("read as", f"{one['word']} → {', '.join(one['readings'])}")
    near = ", ".join(f"{one['label']} {one['weight']:.2f}" for one in debug["occupations"])
    shown.add_row("near to", f"{near} (certainty {debug['certainty']:.2f})")
    weights = ", ".join(f"{leg} {weight}" for leg, weight in debug["weights"].items())
    shown.add_row("weighed as", f"{debug['kind']}: {weights}")
    shown.add_row("answer", f"{answer['total']} listings, {'suitable' if answer['suitable'] else 'nothing suitable'}")
    return shown


def leg_table(leg: Answer, titles: Titles) -> Table:
    shown = Table("raw", "calibrated", "listing", "title", title=f"{leg['leg']}: {leg['found']}", title_justify="left")
    for hit in leg["best"]:
        shown.add_row(f"{hit['raw']:.3f}", f"{hit['calibrated']:.3f}", hit["id"], titles[hit["id"]])
    return shown


def fused_table(answer: Answer, titles: Titles) -> Table:
    legs = ("keyword", "semantic", "profile", "links")
    shown = Table("", "score", *legs, "listing", "title", "reasons", title="fused", title_justify="left")
    reasons = {course_of_view(hit): "; ".join(one["text"] for one in hit["reasons"]) for hit in answer["hits"]}
    for place, hit in enumerate(answer["debug"]["fused"], 1):
        score = f"{hit['score']:.3f}{'*' if hit['named'] else ''}"
        parts = (f"{hit[leg]:.3f}" for leg in legs)
        shown.add_row(str(place), score, *parts, hit["id"], titles[hit["id"]], reasons.get(hit["id"], ""))
    return shown


def _api() -> Ask:
    client = create_app(ReaderSettings(experiments=True, log_level="error", engine_seconds=PATIENCE)).test_client()

    def ask(path: str, parameters: Mapping[str, str]) -> tuple[int, Answer]:
        response = client.get(path, query_string=dict(parameters))
        return response.status_code, response.get_json()

    return ask


def show(answer: Answer, titles: Titles, console: Console) -> None:
    console.print(understood(answer))
    for leg in answer["debug"]["legs"]:
        console.print(leg_table(leg, titles))
    console.print(fused_table(answer, titles))
    if any(hit["named"] for hit in answer["debug"]["fused"]):
        console.print("* the query is its whole title or code, or its institution's name: it stands first")


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 explained, 1 the search was refused or failed."""
    arguments, ask = parser().parse_args(argv), _api()
    asked = {"q": arguments.q, "lang": arguments.lang, "per_page": str(SHOWN), "debug": "1"}
    status, answer = ask("/v1/credentials", asked)
    if status != OK:
        print(f"error: {json.dumps(answer, ensure_ascii=False)}", file=sys.stderr)
        return 1
    console = Console()
    wide = console if console.is_terminal else Console(width=WIDTH)
    show(answer, Titles(ask, answer, arguments.lang), wide)
    return 0


if __name__ == "__main__":
    sys.exit(main())
