"""Ontario's economic regions by Job Bank's code, which is Statistics Canada's, with their names."""

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
