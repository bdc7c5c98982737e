import fnmatch
import json
import re
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import yaml

from deploy.distribution import engine_version
from deploy.settings import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
INSTRUCTIONS = [line.split(None, 1) for line in DOCKERFILE.splitlines() if line.strip() and line[0] not in "# "]
COPIED = [words.split()[0] for name, words in INSTRUCTIONS if name == "COPY"]


def test_the_compose_file_follows_the_compose_schema() -> None:
    shipped = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema = json.loads(shipped.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(COMPOSE)] == []


def test_the_containers_run_the_engine_these_tests_run_on() -> None:
    assert SERVICES["opensearch"]["image"] == f"opensearchproject/opensearch:{engine_version()}"


def test_an_engine_without_passwords_is_reached_by_nobody_outside() -> None:
    assert SERVICES["opensearch"]["environment"]["DISABLE_SECURITY_PLUGIN"] == "true"
    assert "ports" not in SERVICES["opensearch"]
    assert SERVICES["opensearch"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_each_waits_for_what_it_needs() -> None:
    assert SERVICES["indexer"]["depends_on"] == {"opensearch": {"condition": "service_healthy"}}
    assert SERVICES["api"]["depends_on"] == {"indexer": {"condition": "service_completed_successfully"}}
    assert "_cluster/health" in SERVICES["opensearch"]["healthcheck"]["test"][-1]
    assert "/readyz" in SERVICES["api"]["healthcheck"]["test"][-1]


def test_indexer_and_api_are_one_image_with_one_engine() -> None:
    assert SERVICES["indexer"]["image"] == SERVICES["api"]["image"]
    assert (ROOT / "deploy" / SERVICES["indexer"]["build"]["context"]).resolve() == ROOT
    urls = {SERVICES[name]["environment"]["OPENSEARCH_URL"] for name in ("indexer", "api")}
    assert urls == {"${OPENSEARCH_URL:-http://opensearch:9200}"}


def test_the_api_is_published_and_the_indexer_runs_once() -> None:
    assert SERVICES["api"]["ports"] == ["${PORT:-8000}:8000"]
    assert SERVICES["indexer"]["restart"] == "no"


def test_every_volume_and_network_is_declared() -> None:
    mounts = [mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])]
    networks = {network for service in SERVICES.values() for network in service["networks"]}
    assert set(mounts) == set(COMPOSE["volumes"])
    assert networks == set(COMPOSE["networks"])


def test_the_image_does_not_run_as_root() -> None:
    names = [name for name, _ in INSTRUCTIONS]
    users = [words for name, words in INSTRUCTIONS if name == "USER"]
    assert users == ["service"]
    assert names.index("USER") < names.index("CMD")
    assert "RUN" not in names[names.index("USER") :]


def test_the_model_is_part_of_the_image() -> None:
    assert "python -m mappings encoder --out /opt/encoder" in DOCKERFILE
    assert re.search(r"EMBEDDING_MODEL=/opt/encoder\b", DOCKERFILE)


def test_the_server_in_the_image_is_the_one_of_make_run() -> None:
    command = next(json.loads(words) for name, words in INSTRUCTIONS if name == "CMD")
    assert command == SERVICES["api"]["command"]
    assert command[1:5] == ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]


@pytest.mark.parametrize("path", COPIED)
def test_what_the_image_copies_is_there_and_reaches_the_builder(path: str) -> None:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert (ROOT / path).exists()
    assert f"!{path}" in rules


def test_nothing_else_reaches_the_builder() -> None:
    rules = [rule for rule in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if rule]
    assert next(rule for rule in rules if not rule.startswith("#")) == "*"
    assert sorted(rule[1:] for rule in rules if rule.startswith("!")) == sorted(COPIED)
    assert any(fnmatch.fnmatch("deploy/__pycache__", rule) for rule in rules if rule.startswith("**"))
