"""Files in the layouts that publishers use, with rows of our own."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

OUTLOOK = (
    "NOC_Code", "Outlook", "Employment Trends", "Release Date", "Province", "Economic Region Code",
    "Economic Region Name",
)  # fmt: skip
WAGES = (
    "NOC_CNP", "prov", "ER_Code_Code_RE", "Low_Wage_Salaire_Minium", "Median_Wage_Salaire_Median",
    "High_Wage_Salaire_Maximal", "Annual_Wage_Flag_Salaire_annuel",
)  # fmt: skip
ELEMENTS = (
    "Level", "Code - NOC 2021 V1.0", "Class title", "Element Type Label English", "Element Description English",
)  # fmt: skip
COPS = (
    "Code", "Employment_emploi_2023", "Total_Job_Openings_Perspective_d'emploi", "Job_Seekers_Chercheurs_emploi",
    "Recent_Labour_Market_Conditions", "Future_Labour_Market_Conditions",
)  # fmt: skip
SKILLS = (
    "OaSIS Code - Final", "OaSIS Label - Final", "Reading Comprehension", "Numeracy ", "Critical Thinking",
    "Problem Solving",
)  # fmt: skip
KNOWLEDGES = ("OaSIS Code - Final", "OaSIS Label - Final", "Accounting", "Clerical", "Chemistry", "Mathematics")

WELDER_OUTLOOK = ("NOC_72106", "Good", "Shops are hiring.", "2025-12-03", "Ontario", "3500", "Ontario")
WELDER_WAGE = ("NOC_72106", "ON", "ER35", "20.00", "28.50", "40.00", "0")
WELDER_COPS = ("72106", "90900", "25600", "25000", "Moderate signs of Shortage", "Strong risk of Shortage")
WELDER_SKILLS = ("72106.00", "Welders", "2", "3", "3", "4")

Rows = Sequence[Sequence[Any]]


def csv_file(
    path: Path, header: Sequence[str], rows: Rows, *, encoding: str = "utf-8-sig", separator: str = ","
) -> Path:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([header, *rows])
    path.write_bytes(file.getvalue().encode(encoding))
    return path


def xlsx_file(path: Path, header: Sequence[str], rows: Rows, above: Rows = ()) -> Path:
    """A workbook whose second sheet holds the table, under the rows `above`."""
    book = Workbook()
    book.create_sheet("Data")
    for row in (*above, header, *rows):
        book["Data"].append(list(row))
    book.save(path)
    return path
