"""Documents that plans are made of are read once from each index."""

from opensearchpy import OpenSearch

from mappings.embedding import Encoder
from search_api.engine import Engine
from search_api.plans.documents import Documents
from search_api.settings import ReaderSettings
from tests.search_api.catalogue import listing, load

SOME = [listing(f"forge.{name}", f"Knots {name}", cost=10) for name in "abc"]
IDS = [each.id for each in SOME]


def held(documents: Documents) -> list[str]:
    return list(documents._held)


def test_what_was_read_is_not_read_again_and_the_least_lately_used_is_forgotten(
    engine: OpenSearch, prefix: str, town_settings: ReaderSettings, encoder: Encoder
) -> None:
    load(engine, prefix, SOME, encoder)
    reader, documents = Engine(town_settings.model_copy(update={"index_prefix": prefix})), Documents(most=2)
    served = reader.served()
    first = documents.of(IDS[:2], reader, served, reader.deadline())
    assert {name: source["cost_cad"] for name, source in first.items()} == {"forge.a": 10, "forge.b": 10}
    documents.of(IDS[:1], reader, served, reader.deadline())
    assert set(documents.of([IDS[0], IDS[2], "gone"], reader, served, reader.deadline())) == {IDS[0], IDS[2]}
    assert held(documents) == [IDS[0], IDS[2]]
    engine.indices.delete(index=served.name)
    assert set(documents.of([IDS[0], IDS[2]], reader, served, reader.deadline())) == {IDS[0], IDS[2]}


def test_of_another_index_all_is_read_anew(
    engine: OpenSearch, prefix: str, town_settings: ReaderSettings, encoder: Encoder
) -> None:
    settings = town_settings.model_copy(update={"index_prefix": prefix})
    documents = Documents()
    for price in (10, 20):
        load(engine, prefix, [each.model_copy(update={"cost": price, "cost_cad": price}) for each in SOME], encoder)
        reader = Engine(settings)
        found = documents.of(IDS, reader, reader.served(), reader.deadline())
        assert {source["cost_cad"] for source in found.values()} == {price}
