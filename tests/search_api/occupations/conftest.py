"""A reader over the sample catalogue with outlooks and wages imported from files in Job Bank's layouts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mappings.contract import listing_contract
from mappings.knowledge import knowledge
from mappings.reference_store import DATABASE
from search_api.app import create_app
from search_api.encoding import QueryEncoder
from search_api.engine import Engine
from search_api.held import Held
from search_api.occupations.held import HeldFigures
from search_api.service import SearchService
from tests.conftest import reader_settings, run_indexer, shared_path
from tests.indexer.reference.files import OUTLOOK, WAGES, csv_file, xlsx_file
from tests.search_api.occupations.everything import Everything

# The header is row 1 of each file.
OUTLOOK_ROWS = (
    ("NOC_72106", "Good", "Yards are hiring.", "2025-12-03", "Ontario", "3500", "Ontario"),
    ("NOC_72106", "Very good", "The north needs many.", "2025-12-03", "Ontario", "3590", "Northeast"),
    ("NOC_33100", "Limited", "", "2025-12-03", "Quebec", "2400", "Quebec"),
)
WAGE_ROWS = (
    ("NOC_72106", "ON", "ER35", "20.00", "28.50", "40.00", "0"),
    ("NOC_72106", "ON", "ER3590", "22.00", "31.00", "", "0"),
    ("NOC_11100", "ON", "ER35", "45000", "76000", "120000", "1"),
    ("NOC_72106", "NAT", "", "19.00", "27.00", "41.00", "0"),
)


TOLD = ("--edition", "2025", "--released", "2025-12-03", "--until")


def imported_into(state: Path, *files: Path, until: str = "") -> Path:
    told = (*TOLD, until) if until else ()
    done = run_indexer("occupations", *map(str, files), *told, STATE_DIR=str(state))
    assert done.returncode == 0, done.stdout + done.stderr
    return state / DATABASE


def job_bank_files(folder: Path) -> tuple[Path, Path]:
    return xlsx_file(folder / "outlook.xlsx", OUTLOOK, OUTLOOK_ROWS), csv_file(folder / "wages.csv", WAGES, WAGE_ROWS)


@pytest.fixture(scope="session")
def everything(sample_api: FlaskClient, sample_service: SearchService) -> Everything:
    return Everything(sample_api, sample_service)


@pytest.fixture(scope="session")
def imported_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    return imported_into(folder, *job_bank_files(folder), until="2099-12-31")


@pytest.fixture(scope="session")
def official_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All official files there are imported; what asks for it is skipped where they are absent."""
    folder = shared_path("reference")
    return imported_into(tmp_path_factory.mktemp("official"), folder)


@pytest.fixture
def over(
    engine_url: str, encoder_folder: Path, sample_prefix: str, query_encoder: QueryEncoder
) -> Callable[[Path], FlaskClient]:
    """A reader over the sample catalogue that holds the figures of a database."""

    def reader(database: Path) -> FlaskClient:
        settings = reader_settings(engine_url, encoder_folder, sample_prefix)
        held = Held(HeldFigures(database))
        service = SearchService(Engine(settings), query_encoder, listing_contract(), knowledge(), held=held)
        return create_app(settings, service).test_client()

    return reader


@pytest.fixture
def imported_api(over: Callable[[Path], FlaskClient], imported_database: Path) -> FlaskClient:
    return over(imported_database)
