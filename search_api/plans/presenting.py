"""A solved plan in the caller's words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mappings.contract import LANGUAGES
from search_api.labels import Labels, in_language
from search_api.listing_view import text_language
from search_api.plans.calendar import Dated, dated, span
from search_api.plans.candidate import CENTS, HUNDREDTHS, Candidate
from search_api.plans.limits import Limits
from search_api.plans.loosening import Loosening
from search_api.plans.naming import Named
from search_api.plans.need import Need
from search_api.plans.placing import before
from search_api.plans.plan_view import (
    PlanCover,
    PlanGap,
    PlanInstitution,
    PlanListing,
    PlanLoosening,
    PlanNeed,
    PlanReason,
    PlanStep,
    PlanTerm,
    PlanTotals,
    PlanView,
)
from search_api.plans.shortfall import Uncovered
from search_api.plans.solver import Step
from search_api.plans.timing import WEEK
from search_api.plans.words import say

SHARE_DIGITS = 4


@dataclass(frozen=True)
class Presenter:
    """Puts listings and terms into words; `sources` are the index's documents by listing id."""

    labels: Labels
    need: Need
    limits: Limits
    sources: Mapping[str, Mapping[str, Any]]

    def term(self, identifier: str) -> PlanTerm:
        return PlanTerm(**self._named(identifier))

    def weighed(self, identifier: str) -> PlanNeed:
        return PlanNeed(**self._named(identifier), weight=self._share((identifier,)))

    def occupation(self, found: Named) -> dict[str, Any]:
        """An occupation's code and name, and how it was recognised."""
        said = None if found.said == found.code else found.said
        return {"code": found.code, "label": self.labels.occupation(found.code), "said": said, "basis": found.basis}

    def plan(self, steps: Sequence[Step]) -> PlanView:
        order = dated(steps, self.limits)
        taken = frozenset(each.candidate.id for each in order)
        covered = {identifier for each in order for identifier in each.candidate.covers}
        return PlanView(
            steps=tuple(self._step(each, taken) for each in order),
            totals=_totals(order),
            coverage=self._share(covered),
        )

    def listing(self, candidate: Candidate) -> PlanListing:
        return PlanListing(**self._row(candidate))

    def uncovered(self, found: Uncovered) -> PlanGap:
        reasons = tuple(PlanReason(code=why, text=say("why", why, self.labels.language)) for why in found.why)
        return PlanGap(
            **self._named(found.id), weight=self._share((found.id,)), reasons=reasons, listings=found.listings
        )

    def loosening(self, found: Loosening) -> PlanLoosening:
        value = found.value.isoformat() if isinstance(found.value, dt.date) else found.value
        shown = self._choice(found.limit, value) if isinstance(value, str) else _number(value, self.labels.language)
        group = "loosen_together" if found.together else "loosen"
        text = say(group, found.limit, self.labels.language, value=shown)
        return PlanLoosening(limit=found.limit, value=value, text=text, together=found.together)

    def _choice(self, limit: str, value: str) -> str:
        if limit not in ("delivery", "language"):
            return value
        return self.labels.of(self.labels.contract.named(limit), value)

    def _named(self, identifier: str) -> dict[str, Any]:
        known = self.labels.knowledge.terms.get(identifier)
        kind = "tool" if known and known.listing_field == "tools" else "skill"
        return {"id": identifier, "label": self.labels.term(identifier), "kind": kind}

    def _share(self, identifiers: Iterable[str]) -> float:
        return round(self.need.share(identifiers), SHARE_DIGITS)

    def _covers(self, candidate: Candidate) -> tuple[PlanCover, ...]:
        source = self.sources[candidate.id]
        basis = {term["id"]: term["basis"] for name in ("skills", "tools") for term in source.get(name, ())}
        return tuple(PlanCover(**self._named(x), basis=basis[x]) for x in sorted(candidate.covers))

    def _row(self, candidate: Candidate) -> dict[str, Any]:
        source, language = self.sources[candidate.id], self.labels.language
        text = source.get(text_language(source, language), {})
        owner = source["institution"]
        return {
            "id": candidate.id,
            "title": text.get("title", candidate.id),
            "institution": PlanInstitution(id=owner["id"], name=in_language(owner["name"], language)),
            "link": f"/v1/credentials/{candidate.id}",
            "cost": candidate.cost,
            "hours": candidate.total_hours,
            "weeks": candidate.known_weeks,
            "weeks_assumed": candidate.length_assumed,
            "delivery": candidate.delivery,
            "language": tuple(sorted(candidate.languages)),
            "prerequisites": text.get("prerequisites") or _prerequisites(source),
            "covers": self._covers(candidate),
            "application_closes": source.get("application_closes"),
            "stale": bool(source.get("stale")),
            "stale_since": source.get("stale_since"),
            "sample": bool(source.get("sample")),
        }

    def _step(self, each: Dated, taken: frozenset[str]) -> PlanStep:
        load = each.candidate.load
        return PlanStep(
            **self._row(each.candidate),
            start=self._day(each.start),
            end=self._day(each.end - 1) if each.end is not None else None,
            hours_per_week=load / HUNDREDTHS if load is not None and not each.candidate.self_paced else None,
            spread=each.spread,
            after=tuple(sorted(before(each.candidate) & taken)),
        )

    def _day(self, offset: int | None) -> dt.date | None:
        return None if offset is None else self.limits.earliest + dt.timedelta(days=offset)


def _prerequisites(source: Mapping[str, Any]) -> str | None:
    """In whatever language they are stated."""
    said = ((source.get(language) or {}).get("prerequisites") for language in LANGUAGES)
    return next(filter(None, said), None)


def _number(value: float, language: str) -> str:
    """Without needless decimals, the decimal mark of the language."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return written.replace(".", ",") if language == "fr" else written


def _totals(order: Sequence[Dated]) -> PlanTotals:
    cents = [each.candidate.cents for each in order]
    hours = [each.candidate.total_hours for each in order]
    days = span(order)
    return PlanTotals(
        listings=len(order),
        cost=sum(known for known in cents if known is not None) / CENTS,
        unpriced=cents.count(None),
        hours=round(sum(known for known in hours if known is not None), 2),
        hours_unknown=hours.count(None),
        weeks=None if days is None else round(days / WEEK, 1),
    )
