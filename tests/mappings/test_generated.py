"""Files written from the contract say what the contract says."""

import ast

from mappings.contract import Contract
from mappings.generated import generated_files, listing_module


def test_the_generated_files_on_disk_are_fresh(contract: Contract) -> None:
    stale = [
        path.name
        for path, content in generated_files(contract).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != content
    ]
    assert not stale, f"run `python -m mappings generate`: {stale}"


def test_the_generated_record_is_python(contract: Contract) -> None:
    classes = {node.name for node in ast.parse(listing_module(contract)).body if isinstance(node, ast.ClassDef)}
    assert {"Term", "OccupationLink", "Names", "Text", "Institution", "Place", "Listing"} <= classes


def test_a_field_with_bounds_gives_one_parameter_for_each(contract: Contract) -> None:
    assert contract.named("cost").parameters == ("cost_min", "cost_max")
    assert contract.named("skills").parameters == ("skill",)
    assert contract.named("title").parameters == ()


def test_no_two_fields_give_the_same_parameter(contract: Contract) -> None:
    names = [name for item in contract.fields for name in item.parameters]
    assert len(set(names)) == len(names)
