"""What can be added to a listing from itself and from what is known, each addition labelled by how it is known."""

from indexer.rates import NO_RATES, Rates, with_dollars
from indexer.terms import with_terms
from mappings.currency import HOME_CURRENCY
from mappings.knowledge import Knowledge
from mappings.listing import Listing
from mappings.municipalities import position_of

# Ontario's rule for the financial aid of micro-credentials: under 12 weeks, and 5 to 300 hours.
OSAP_WEEKS_BELOW = 12
OSAP_HOURS = (5, 300)


def derived_osap(weeks: float | None, hours: float | None) -> bool | None:
    """Whether a length makes a listing eligible; None when what is known does not settle it."""
    fits_weeks = weeks < OSAP_WEEKS_BELOW if weeks is not None else None
    fits_hours = OSAP_HOURS[0] <= hours <= OSAP_HOURS[1] if hours is not None else None
    if fits_weeks is False or fits_hours is False:
        return False
    return True if fits_weeks and fits_hours else None


def with_osap(listing: Listing) -> Listing:
    """The feed's own word first; else what the length says, labelled so."""
    if listing.osap is not None and listing.osap_basis != "derived":
        return listing.model_copy(update={"osap_basis": "feed"})
    derived = derived_osap(listing.weeks, listing.hours)
    return listing.model_copy(update={"osap": derived, "osap_basis": None if derived is None else "derived"})


def with_currency(listing: Listing) -> Listing:
    """A cost without a currency is in Canadian dollars, as the template says."""
    if listing.cost is None or listing.currency:
        return listing
    return listing.model_copy(update={"currency": HOME_CURRENCY})


def with_position(listing: Listing) -> Listing:
    """A place of which the feed gives the city alone stands where that municipality's middle is."""
    place = listing.place
    if place is None or place.location is not None or not place.city:
        return listing
    found = position_of(place.city)
    return listing.model_copy(update={"place": place.model_copy(update={"location": found})}) if found else listing


def enriched(listing: Listing, knowledge: Knowledge, rates: Rates = NO_RATES) -> Listing:
    """The listing with terms, OSAP, currency, price in dollars and position.

    A listing enriched before is enriched afresh, not twice.
    """
    told = with_currency(with_osap(with_terms(listing, knowledge)))
    return with_position(with_dollars(told, rates))
