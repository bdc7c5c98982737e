"""Outlook and wages as people are shown them: each figure with its source, row and dates, and nothing else."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mappings.contract import Language
from mappings.currency import HOME_CURRENCY
from mappings.reference import Condition, NationalOutlook, RegionalOutlook, Source, Traced, Wage
from mappings.reference_regions import CANADA, region_name
from mappings.reference_store import Reference
from search_api.words import say

View = dict[str, Any]
# The workbook that is read is Job Bank's English one.
TREND_LANGUAGE: Language = "en"
# A wage is stated as of its source's release, which its rows do not carry.
NEVER = dt.date.min


@dataclass(frozen=True)
class Asked:
    """What figures are wanted of: a region by Job Bank's code, in one language, on a day."""

    reference: Reference
    regions: Mapping[str, str]
    region: str
    language: Language
    today: dt.date
    # Few occupations lead the listings of a page.
    _briefs: dict[str, View | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def brief(self, code: str) -> View | None:
        """The outlook of an occupation in one line, put together once a request; nobody may change it."""
        if code not in self._briefs:
            self._briefs[code] = brief_outlook(code, self)
        return self._briefs[code]

    def area(self, code: str, otherwise: str = "") -> View:
        """A region's code and name; `otherwise` is the name its source gives."""
        return {"code": code, "name": region_name(code, self.language, otherwise or self.regions.get(code, ""))}


def _given(values: Mapping[str, Any]) -> View:
    return {name: value for name, value in values.items() if value is not None}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def source_view(row: Traced, asked: Asked, released: dt.date | None = None) -> View:
    """Where a row stands: publication, edition, dates, licence line, file and row. `released` is the row's own date."""
    source = asked.reference.sources[row.source]
    words = {name: getattr(source, name).in_language(asked.language) for name in ("title", "publisher", "licence")}
    dates = {
        "released": _day(released or source.released),
        "until": _day(source.until),
        "imported": _day(source.imported),
    }
    return {"id": source.id, **words, "edition": source.edition, **_given(dates), "file": source.file, "row": row.row}


def _staleness(source: Source, asked: Asked) -> View:
    """Whether the figures speak of a time gone by, and then a sentence that says since when."""
    if source.until is None or not source.is_stale(asked.today):
        return {"stale": False}
    return {"stale": True, "stale_note": say("outlook/stale", asked.language, until=source.until.isoformat())}


def _traced(row: Traced, asked: Asked, released: dt.date | None = None) -> View:
    source = asked.reference.sources[row.source]
    return {"source": source_view(row, asked, released), **_staleness(source, asked)}


def condition_view(condition: Condition | None, when: str, language: Language) -> View | None:
    """A condition in plain words and in the source's own. `when` is `recent` or `future`."""
    if condition is None:
        return None
    label = say(f"outlook/{when}/{condition}", language)
    return {"id": condition, "label": label, "source_label": say(f"outlook/source_{when}/{condition}", language)}


def national_view(row: NationalOutlook | None, asked: Asked) -> View | None:
    """The projection for all of Canada; None where the source says nothing of the group."""
    if row is None or not row.has_figures:
        return None
    conditions = {when: condition_view(getattr(row, when), when, asked.language) for when in ("recent", "future")}
    figures = {"employment": row.employment, "openings": row.openings, "job_seekers": row.job_seekers}
    return {
        "scope": "national",
        "region": asked.area(CANADA),
        "base_year": row.base_year,
        "first_year": row.first_year,
        "last_year": row.last_year,
        **_given({**figures, **conditions}),
        **_traced(row, asked),
    }


def regional_view(row: RegionalOutlook | None, asked: Asked) -> View | None:
    """Prospects in one region. The sentence on the trend is the source's, in the language it was imported in."""
    if row is None:
        return None
    return {
        "scope": "regional",
        "region": asked.area(row.region, row.region_name),
        "rating": {
            "id": row.rating,
            "label": say(f"outlook/ratings/{row.rating}", asked.language),
            "source_label": say(f"outlook/source_ratings/{row.rating}", asked.language),
        },
        **({"trend": row.trend, "trend_language": TREND_LANGUAGE} if row.trend else {}),
        "released": row.released.isoformat(),
        **_traced(row, asked, row.released),
    }


def _latest_outlook(rows: Iterable[RegionalOutlook], region: str) -> RegionalOutlook | None:
    return max((row for row in rows if row.region == region), key=lambda row: row.released, default=None)


def _latest_wage(rows: Iterable[Wage], region: str, sources: Mapping[str, Source]) -> Wage | None:
    found = (row for row in rows if row.region == region)
    return max(found, key=lambda row: sources[row.source].released or NEVER, default=None)


def regional_outlook(code: str, asked: Asked) -> RegionalOutlook | None:
    return _latest_outlook(asked.reference.outlooks(code), asked.region)


def _notes(missing: Iterable[tuple[str, str, View | None]], asked: Asked) -> View:
    """One sentence for each kind of figures that is not held of a region; nothing when all are."""
    regions = [(kind, asked.area(region)["name"]) for kind, region, view in missing if view is None]
    said = [say(f"outlook/missing/{kind}", asked.language, region=name) for kind, name in regions]
    return {"note": " ".join(said)} if said else {}


def outlook_view(code: str, asked: Asked) -> View:
    """National and regional outlook of an occupation; null where not held, with a note that says so."""
    national = national_view(asked.reference.national.get(code), asked)
    regional = regional_view(regional_outlook(code, asked), asked)
    held = (("national", CANADA, national), ("regional", asked.region, regional))
    return {"national": national, "regional": regional, **_notes(held, asked)}


def wage_view(row: Wage | None, asked: Asked) -> View | None:
    if row is None:
        return None
    return {
        "region": asked.area(row.region),
        **_given({"low": row.low, "median": row.median, "high": row.high}),
        "unit": "year" if row.annual else "hour",
        "unit_label": say(f"outlook/units/{'year' if row.annual else 'hour'}", asked.language),
        "currency": HOME_CURRENCY,
        **_traced(row, asked),
    }


def wages_view(code: str, asked: Asked) -> View:
    """Wages of an occupation in Canada and the region; null where not held, with a note that says so."""
    rows, sources = asked.reference.wages(code), asked.reference.sources
    national = wage_view(_latest_wage(rows, CANADA, sources), asked)
    regional = wage_view(_latest_wage(rows, asked.region, sources), asked)
    # Without wages of the region those of Canada are not missed too: one file holds both.
    held = ("wages", asked.region, regional), *([("wages", CANADA, national)] if regional else [])
    return {"national": national, "regional": regional, **_notes(held, asked)}


def _line(view: View, said: View, period: str) -> View:
    names = ("scope", "region", "source", "stale", "stale_note")
    kept = {name: view[name] for name in names if name in view}
    return {"label": said["label"], "source_label": said["source_label"], "period": period, **kept}


def brief_outlook(code: str, asked: Asked) -> View | None:
    """One line: the region's rating where it is held, else the national condition to come; None where neither is."""
    regional = regional_view(regional_outlook(code, asked), asked)
    if regional:
        return _line(regional, regional["rating"], regional["released"])
    national = national_view(asked.reference.national.get(code), asked)
    if national and "future" in national:
        return _line(national, national["future"], f"{national['first_year']}–{national['last_year']}")
    return None
