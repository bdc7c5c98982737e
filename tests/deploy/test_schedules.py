"""The timer, the CronJob and the alert rules that ship are ones that their systems read."""

import copy
import operator
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import kubernetes_validate
import promql_parser
import pytest
import yaml

from deploy.settings import ROOT
from indexer.exit_codes import FAILED, LOADED_IN_PART, REFUSED
from indexer.metrics import BY_PREFIX, BY_SOURCE, GAUGES, PREFIX

UNITS = ROOT / "deploy" / "systemd"
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
JOB: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "kubernetes" / "load.yml").read_text(encoding="utf-8"))
RULE_KEYS = {"alert", "expr", "for", "labels", "annotations"}
LABELS = {*BY_SOURCE, "instance", "job"}


def selectors(expression: str) -> list[str]:
    """Names of the metrics an expression reads. Raises ValueError where Prometheus would not read it."""
    found: list[str] = []

    def seen(node: Any) -> bool:
        if isinstance(node, promql_parser.VectorSelector) and node.name:
            found.append(node.name)
        return True

    promql_parser.walk(promql_parser.parse(expression), seen)
    return found


def named(rule: dict[str, Any]) -> str:
    return str(rule["alert"])


def test_an_expression_that_prometheus_does_not_read_is_noticed() -> None:
    with pytest.raises(ValueError, match="invalid promql"):
        selectors("sum(a b)")
    assert selectors("absent(a) or max_over_time(b[7d]) > 1") == ["a", "b"]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_an_alert_asks_for_metrics_that_loads_write(rule: dict[str, Any]) -> None:
    names = selectors(rule["expr"])
    assert names
    assert {name.removeprefix(PREFIX) for name in names} <= set(GAUGES)
    assert all(name.startswith(PREFIX) for name in names)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_an_alert_has_the_keys_of_a_rule_and_says_what_is_wrong_in_both_languages(rule: dict[str, Any]) -> None:
    assert {"alert", "expr", "labels", "annotations"} <= set(rule) <= RULE_KEYS
    assert re.fullmatch(r"[A-Z][A-Za-z]+", rule["alert"])
    assert re.fullmatch(r"\d+[smhd]", rule.get("for", "0s"))
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert set(rule["annotations"]) == {"summary", "description"}
    assert all(" / " in text for text in rule["annotations"].values())


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_sentence_uses_only_labels_its_metric_has(rule: dict[str, Any]) -> None:
    used = re.findall(r"\$labels\.(\w+)", str(rule["annotations"]))
    assert set(used) <= LABELS
    assert set(used) <= set(BY_PREFIX) or all("source_" in name for name in selectors(rule["expr"]))


@pytest.mark.parametrize("rule", [rule for rule in RULES if "absent(" in rule["expr"]], ids=named)
def test_an_alert_about_what_is_absent_reads_well_without_a_label(rule: dict[str, Any]) -> None:
    """`absent` of a metric without selectors has no labels."""
    shown = re.sub(r"\{\{ with \$labels\.\w+ \}\}.*?\{\{ end \}\}", "", rule["annotations"]["summary"])
    assert "$labels" not in shown
    assert shown == shown.strip(" :")


def test_each_alert_has_a_name_of_its_own() -> None:
    assert len({named(rule) for rule in RULES}) == len(RULES)


def test_the_codes_that_alerts_name_are_those_of_the_indexer() -> None:
    codes = {named(rule): int(code) for rule in RULES for code in re.findall(r"last_exit_code == (\d)", rule["expr"])}
    assert codes == {"LoadFailed": FAILED, "LoadRefused": REFUSED}


def units() -> Iterator[Path]:
    return UNITS.glob("micro-credentials-load.*")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for unit in units():
        text = unit.read_text(encoding="utf-8")
        # The user and the folder are the operator's.
        (tmp_path / unit.name).write_text(re.sub(r"^(User|WorkingDirectory)=.*\n", "", text, flags=re.MULTILINE))
    files = [str(tmp_path / unit.name) for unit in units()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    said = [line for line in (done.stdout + done.stderr).splitlines() if "micro-credentials-load" in line]
    assert (done.returncode, said) == (0, [])


def unit_settings(name: str) -> dict[str, str]:
    lines = (UNITS / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith(("#", "[")))


def test_the_service_runs_the_load_and_takes_a_stale_source_for_no_failure() -> None:
    service = unit_settings("micro-credentials-load.service")
    assert service["ExecStart"].endswith("python3 -m deploy index")
    assert service["SuccessExitStatus"] == str(LOADED_IN_PART)
    assert service["Type"] == "oneshot"
    assert "Restart" not in service


def test_the_timer_starts_the_service_every_night_and_makes_up_for_a_missed_one() -> None:
    timer = unit_settings("micro-credentials-load.timer")
    assert timer["Unit"] == "micro-credentials-load.service"
    assert (timer["OnCalendar"], timer["Persistent"]) == ("*-*-* 03:15:00", "true")


# The first in which a failure policy of pods is stable, and the newest that is known here.
KUBERNETES = ("1.31", kubernetes_validate.latest_version())


@pytest.mark.parametrize("version", KUBERNETES)
def test_the_cron_job_follows_the_schema_of_kubernetes(version: str) -> None:
    assert kubernetes_validate.validate(JOB, version, strict=True).startswith("1.")


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (("spec",), {"schedule": None}), (("spec",), {"concurrencypolicy": "Forbid"}),
        (("spec", "jobTemplate", "spec"), {"backoffLimit": "two"}),
        (("spec", "jobTemplate", "spec", "template", "spec"), {"containers": {}}),
        (("spec", "jobTemplate", "spec", "template", "spec", "volumes", 0), {"persistentVolume": {}}),
    ],
)  # fmt: skip
def test_a_cron_job_that_kubernetes_would_not_take_is_noticed(at: tuple[Any, ...], wrong: dict[str, Any]) -> None:
    job = copy.deepcopy(JOB)
    reduce(operator.getitem, at, job).update(wrong)
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(job, KUBERNETES[-1], strict=True)


def test_the_cron_job_runs_one_load_at_a_time_without_more_rights_than_it_needs() -> None:
    spec = JOB["spec"]
    assert len(spec["schedule"].split()) == 5
    assert spec["concurrencyPolicy"] == "Forbid"
    pod = spec["jobTemplate"]["spec"]["template"]["spec"]
    # Kubernetes takes a failure policy with no other, which its schema does not say.
    assert pod["restartPolicy"] == "Never"
    (container,) = pod["containers"]
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    assert container["command"][-3:] == ["-m", "indexer", "index"]
    assert container["securityContext"]["allowPrivilegeEscalation"] is False


def test_only_a_failed_load_is_tried_again() -> None:
    job = JOB["spec"]["jobTemplate"]["spec"]
    rules = job["podFailurePolicy"]["rules"]
    (codes,) = [rule for rule in rules if "onExitCodes" in rule]
    assert codes["action"] == "FailJob"
    assert codes["onExitCodes"]["values"] == [LOADED_IN_PART, REFUSED]
    assert codes["onExitCodes"]["containerName"] == job["template"]["spec"]["containers"][0]["name"]
    assert FAILED not in codes["onExitCodes"]["values"]
    assert job["backoffLimit"] == 2
