"""The word lists beside this module, read once."""

from functools import cache
from pathlib import Path
from typing import Any

from mappings.yaml_file import read_yaml


@cache
def words(name: str) -> Any:
    """What `name`.yml of this folder holds. Raises FileNotFoundError."""
    return read_yaml(Path(__file__).with_name(f"{name}.yml"))
