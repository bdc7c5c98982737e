"""The bilingual search page and a listing's page: server-rendered, over the same code path as the API."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup
from pydantic import Field as Described
from werkzeug.datastructures import MultiDict

from search_api import formats
from search_api.routes.credentials import ListingQuery
from search_api.routes.usage import noted
from search_api.search_request import MOST_RESULTS
from search_api.usage.counts import first_rank
from search_api.web import in_language, language, parser, service, usage
from search_api.words import say

# Facets a person narrows by on this page; the API has all of them.
FACETS = (
    "subject", "delivery", "schedule", "pace", "language", "credential_type", "level", "osap", "institution.id",
)  # fmt: skip
LIMITS = {"cost_max": "number", "hours_max": "number", "weeks_max": "number", "starts_before": "date"}
SORTS = ("relevance", "starts", "cost", "hours", "title", "-updated")
PAGES_AROUND = 3


def _address(**changes: Any) -> str:
    """The current address with some parameters changed; None takes one out."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes and value]
    given = [(name, str(value)) for name, value in changes.items() if value is not None]
    query = urlencode([*kept, *given])
    return f"{request.path}?{query}" if query else request.path


def _address_without(parameter: str) -> str:
    """The current address with a limit said in the words set aside."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page" and value]
    return f"{request.path}?{urlencode([*kept, ('without', parameter)])}"


def _say(key: str, **values: Any) -> str:
    return say(f"page/{key}", language(), **values)


def _snippet(html: str) -> Markup:
    """A highlight, which the engine has escaped already except for its marks."""
    return Markup(html)  # noqa: S704


def _nearby(page: int, pages: int) -> range:
    return range(max(1, page - PAGES_AROUND), min(pages, page + PAGES_AROUND) + 1)


def _sort_label(name: str) -> str:
    return say(f"sorts/{name}", language())


def _yes_no(value: bool) -> str:
    return say(f"flags/{str(value).lower()}", language())


def _field_labels(asked: str) -> dict[str, str]:
    return {item.name: item.label.in_language(asked) for item in service().contract.fields}


def _tools() -> Mapping[str, Any]:
    return {
        "say": _say, "address": _address, "address_without": _address_without,
        "snippet": _snippet, "nearby": _nearby, "lang": language(),
        "other": "fr" if language() == "en" else "en", "money": formats.money, "number": formats.number,
        "day": formats.day, "sort_label": _sort_label, "field_labels": _field_labels, "yes_no": _yes_no,
    }  # fmt: skip


def wants_page() -> bool:
    """Whether a browser asks for a page, not a program for data."""
    return (
        not request.path.startswith("/v1/")
        and request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"
    )


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A rendered page in the request's language."""
    return in_language(make_response(render_template(template, **_tools(), **values), status))


def _carried(shown: set[str]) -> list[tuple[str, str]]:
    """Filters of the address that this page has no box for: applying the others must not lose them."""
    return [(name, value) for name, value in request.args.items(multi=True) if name not in shown and value]


def _search() -> Response:
    # A form sends its empty boxes too.
    given = MultiDict([(name, value) for name, value in request.args.items(multi=True) if value.strip()])
    asked = parser().parse(given, language())
    if set(given) <= {"lang"}:
        return page("home.html", total=service().usable().meta.courses)
    found = noted(asked, service().search(asked), "page")
    facets = [facet for facet in found["facets"] if facet["name"] in FACETS and facet["values"]]
    facets.sort(key=lambda facet: FACETS.index(facet["name"]))
    carried = _carried({"q", "lang", "page", "sort", *LIMITS, *(facet["parameter"] for facet in facets)})
    # A visit to the institution starts on the listing's page, which is told by which rank it was come to.
    shown: dict[str, Any] = {
        "ranked": usage().recorder is not None,
        "facets": facets,
        "limits": LIMITS,
        "sorts": SORTS,
        "carried": carried,
    }
    return page("search.html", found=found, first_rank=first_rank(found), **shown)


class ListingPageQuery(ListingQuery):
    """The parameters of a listing's page: those of the listing, and at which rank a search showed it."""

    rank: int | None = Described(default=None, ge=1, le=MOST_RESULTS)


def _listing(id: str) -> Response:  # noqa: A002 - the address's own word
    parser().check(ListingPageQuery, request.args, language())
    given = ListingPageQuery.model_validate(request.args.to_dict())
    found = service().listing(id, language(), given.region)
    return page("listing.html", hit=usage().with_out(found, "page", language(), given.rank), rank=given.rank)


def pages_blueprint() -> Blueprint:
    """The routes."""
    blueprint = Blueprint("pages", __name__)
    blueprint.add_url_rule("/", "search", _search)
    blueprint.add_url_rule("/credentials/<id>", "listing", _listing)
    return blueprint
