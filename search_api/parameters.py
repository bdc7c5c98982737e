"""Query parameters: their names, types and limits derived from the contract, and their way into a SearchRequest."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, create_model
from pydantic import Field as Limits
from pydantic_core import PydanticCustomError

from mappings.contract import LANGUAGES, Contract, Field, Language
from mappings.reference import ONTARIO
from search_api.goals.goal import Goal
from search_api.search_request import ALL_LEGS, Bound, Filter, Leg, SearchRequest, Sort
from search_api.words import say

LONGEST_QUERY = 200
MOST_PER_PAGE = 100
PER_PAGE = 20
# More values of one filter than any list on screen has are a mistake or an attack.
MOST_VALUES = 50
RELEVANCE = "relevance"

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
NocCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]
Amount = Annotated[float, Limits(ge=0, le=1_000_000, allow_inf_nan=False)]
Definition = tuple[Any, Any]
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_day(value: object) -> object:
    """Only year-month-day: pydantic would read a bare number as seconds since 1970."""
    if isinstance(value, str) and not ISO_DAY.fullmatch(value.strip()):
        raise PydanticCustomError("date_from_datetime_parsing", "not year-month-day")
    return value


Day = Annotated[dt.date, BeforeValidator(_written_day)]


class Parameters(BaseModel):
    """What all searches share; the subclass made by `parameters_model` has a field for every parameter."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def both(english_and_french: Iterator[str] | tuple[str, ...]) -> str:
    return " / ".join(english_and_french)


def described(path: str, **values: Any) -> str:
    return both(tuple(say(path, language, **values) for language in LANGUAGES))


def _scalar(item: Field, contract: Contract) -> Any:
    if item.type == "choice":
        return Literal[tuple(choice.id for choice in contract.choices_of(item))]
    return NocCode if item.type == "occupation" else Code


def _one_of(item: Field, contract: Contract) -> Definition:
    label = both((item.label.en, item.label.fr))
    if item.type == "flag":
        return (bool | None, Limits(default=None, description=label))
    kind: Any = list.__class_getitem__(_scalar(item, contract))
    return (kind, Limits(default=[], max_length=MOST_VALUES, description=label))


def _bound(item: Field, bound: str) -> Definition:
    kind: Any = Day if item.type == "date" else Amount
    words = tuple(say(f"bounds/{bound}", x, label=item.label.in_language(x)) for x in LANGUAGES)
    return (kind | None, Limits(default=None, description=both(words)))


def region_definition() -> Definition:
    """Which regions there are depends on what is held: `RequestParser` checks that."""
    return (Code, Limits(default=ONTARIO, description=described("parameters/region")))


def goal_definitions() -> dict[str, Definition]:
    """What one wants of a course, and the occupation one has."""
    described_from = described("parameters/from")
    return {
        "goal": (Literal[get_args(Goal)] | None, Limits(default=None, description=described("parameters/goal"))),
        "from": (str, Limits(default="", max_length=LONGEST_QUERY, description=described_from)),
    }


def filter_definitions(contract: Contract) -> dict[str, Definition]:
    """A parameter for each field that filters, or one for each of its bounds."""
    found: dict[str, Definition] = {}
    for item in contract.with_role("filter"):
        if item.bounds:
            found |= {item.bounded(bound): _bound(item, bound) for bound in item.bounds}
        else:
            found[item.param] = _one_of(item, contract)
    return found


def sort_names(contract: Contract) -> tuple[str, ...]:
    """`relevance`, then every sortable field both ways."""
    names = [item.param for item in contract.with_role("sort") if item.name != "id"]
    return (RELEVANCE, *(way + name for name in names for way in ("", "-")))


@cache
def parameters_model(contract: Contract, *, experiments: bool = False) -> type[Parameters]:
    """The model of `/v1/credentials`' query. With `experiments` it has `legs` and `debug` too."""
    fixed: dict[str, Definition] = {
        "q": (str, Limits(default="", max_length=LONGEST_QUERY, description=described("parameters/q"))),
        "lang": (Literal[LANGUAGES] | None, Limits(default=None, description=described("parameters/lang"))),
        "page": (int, Limits(default=1, ge=1, le=1000, description=described("parameters/page"))),
        "per_page": (
            int,
            Limits(default=PER_PAGE, ge=1, le=MOST_PER_PAGE, description=described("parameters/per_page")),
        ),
        "sort": (
            Literal[sort_names(contract)],
            Limits(default=RELEVANCE, description=described("parameters/sort")),
        ),
        "region": region_definition(),
        "without": (
            list.__class_getitem__(Literal[tuple(filter_definitions(contract))]),
            Limits(default=[], max_length=MOST_VALUES, description=described("parameters/without")),
        ),
    }
    fixed |= goal_definitions()
    legs: Definition = (
        list[Leg],
        Limits(default=[], max_length=len(ALL_LEGS), description=described("parameters/legs")),
    )
    debug: Definition = (bool, Limits(default=False, description=described("parameters/debug")))
    definitions: dict[str, Any] = {
        **fixed,
        **filter_definitions(contract),
        **({"legs": legs, "debug": debug} if experiments else {}),
    }
    return create_model("SearchParameters", __base__=Parameters, **definitions)


def single_parameters(model: type[Parameters]) -> frozenset[str]:
    """The parameters that may not be repeated."""
    return frozenset(name for name, field in model.model_fields.items() if not _is_list(field.annotation))


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


def _filters(parameters: Parameters, contract: Contract) -> Iterator[Filter]:
    given = parameters.model_dump(exclude_defaults=True)
    for item in contract.with_role("filter"):
        for bound in item.bounds:
            if item.bounded(bound) in given:
                yield Filter(item, (given[item.bounded(bound)],), cast("Bound", bound))
        if not item.bounds and item.param in given:
            values = given[item.param]
            yield Filter(item, tuple(values) if isinstance(values, list) else (values,))


def filters_model(contract: Contract) -> type[Parameters]:
    """The parameters that filter, and no other."""
    definitions: dict[str, Any] = filter_definitions(contract)
    return create_model("FilterParameters", __base__=Parameters, **definitions)


def filters_of(given: Mapping[str, Sequence[str]], model: type[Parameters], contract: Contract) -> tuple[Filter, ...]:
    """Filters of query parameters by name, by the model of `filters_model`. Raises ValidationError for what is none."""
    single = single_parameters(model)
    values = {name: found[-1] if name in single else list(found) for name, found in given.items()}
    return tuple(_filters(model.model_validate(values), contract))


def _sort(name: str, contract: Contract) -> Sort:
    if name == RELEVANCE:
        return Sort()
    fields: Mapping[str, Field] = {item.param: item for item in contract.with_role("sort")}
    return Sort(fields[name.removeprefix("-")], descending=name.startswith("-"))


def clean_text(text: str) -> str:
    """Composed accents (NFC), white space folded, control characters gone."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(mark if mark.isprintable() else " " for mark in composed).split())


def search_request(parameters: Parameters, language: Language, contract: Contract) -> SearchRequest:
    """The search that valid parameters ask for."""
    given = parameters.model_dump()
    legs: list[Leg] = given.get("legs", [])
    return SearchRequest(
        text=clean_text(given["q"]),
        language=language,
        page=given["page"],
        per_page=given["per_page"],
        sort=_sort(given["sort"], contract),
        filters=tuple(_filters(parameters, contract)),
        legs=frozenset(legs) or ALL_LEGS,
        region=given["region"],
        without=frozenset(given["without"]),
        goal=given["goal"],
        origin=clean_text(given["from"]),
        debug=given.get("debug", False),
    )
