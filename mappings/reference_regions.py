"""Names of regions by Job Bank's code, which is Statistics Canada's: Ontario's economic regions, and the provinces."""

from mappings.contract import Language
from mappings.occupation import Both
from mappings.reference import ONTARIO

CANADA = "0000"
REGIONS: dict[str, Both] = {
    CANADA: Both(en="Canada", fr="Canada"),
    ONTARIO: Both(en="Ontario", fr="Ontario"),
    "3510": Both(en="Ottawa", fr="Ottawa"),
    "3515": Both(en="Kingston–Pembroke", fr="Kingston–Pembroke"),
    "3520": Both(en="Muskoka–Kawarthas", fr="Muskoka–Kawarthas"),
    "3530": Both(en="Toronto", fr="Toronto"),
    "3540": Both(en="Kitchener–Waterloo–Barrie", fr="Kitchener–Waterloo–Barrie"),
    "3550": Both(en="Hamilton–Niagara Peninsula", fr="Hamilton–Péninsule du Niagara"),
    "3560": Both(en="London", fr="London"),
    "3570": Both(en="Windsor–Sarnia", fr="Windsor–Sarnia"),
    "3580": Both(en="Stratford–Bruce Peninsula", fr="Stratford–Péninsule Bruce"),
    "3590": Both(en="Northeast", fr="Nord-est"),
    "3595": Both(en="Northwest", fr="Nord-ouest"),
}
PROVINCES: dict[str, Both] = {
    "1000": Both(en="Newfoundland and Labrador", fr="Terre-Neuve-et-Labrador"),
    "1100": Both(en="Prince Edward Island", fr="Île-du-Prince-Édouard"),
    "1200": Both(en="Nova Scotia", fr="Nouvelle-Écosse"),
    "1300": Both(en="New Brunswick", fr="Nouveau-Brunswick"),
    "2400": Both(en="Quebec", fr="Québec"),
    ONTARIO: REGIONS[ONTARIO],
    "4600": Both(en="Manitoba", fr="Manitoba"),
    "4700": Both(en="Saskatchewan", fr="Saskatchewan"),
    "4800": Both(en="Alberta", fr="Alberta"),
    "5900": Both(en="British Columbia", fr="Colombie-Britannique"),
    "6000": Both(en="Yukon", fr="Yukon"),
    "6100": Both(en="Northwest Territories", fr="Territoires du Nord-Ouest"),
    "6200": Both(en="Nunavut", fr="Nunavut"),
}


def region_name(code: str, language: Language, given: str = "") -> str:
    """Our name of a region, else the one its source gives, else its province's with the code."""
    ours = REGIONS.get(code) or PROVINCES.get(code)
    if ours:
        return ours.in_language(language)
    province = PROVINCES.get(f"{code[:2]}00")
    return given or (f"{province.in_language(language)} ({code})" if province else code)
