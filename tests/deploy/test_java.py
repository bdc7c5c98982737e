from pathlib import Path

import pytest

from deploy.java import Java, find_java, major_of
from tests.deploy.conftest import executable, make_jdk


@pytest.mark.parametrize(("version", "major"), [("21.0.4", 21), ("25", 25), ("1.8.0_392", 8), ("nonsense", 0)])
def test_a_version_has_its_major(version: str, major: int) -> None:
    assert major_of(version) == major


def test_what_the_operator_names_comes_before_what_is_on_the_path(tmp_path: Path) -> None:
    named, on_path = make_jdk(tmp_path / "named", "21.0.1"), make_jdk(tmp_path / "on-path", "25")
    environment = {"OPENSEARCH_JAVA_HOME": str(named), "PATH": str(on_path / "bin")}
    assert find_java(environment, folders=()) == Java(named, 21)


def test_an_old_java_on_the_path_sends_the_search_to_the_installed_ones(tmp_path: Path) -> None:
    old, new = make_jdk(tmp_path / "old", "17.0.9"), make_jdk(tmp_path / "jvm" / "jdk-25", "25.0.1")
    assert find_java({"PATH": str(old / "bin")}, folders=(f"{tmp_path}/jvm/*",)) == Java(new, 25)


def test_without_a_jdk_of_21_or_more_there_is_none(tmp_path: Path) -> None:
    make_jdk(tmp_path / "jvm" / "jdk-17", "17.0.9")
    assert find_java({"PATH": str(tmp_path)}, folders=(f"{tmp_path}/jvm/*",)) is None


def test_a_jdk_cut_down_to_no_locales_is_passed_over(tmp_path: Path) -> None:
    make_jdk(tmp_path / "jvm" / "z", "25", modules="java.base java.logging")
    whole = make_jdk(tmp_path / "jvm" / "a", "21")
    assert find_java({"PATH": ""}, folders=(f"{tmp_path}/jvm/*",)) == Java(whole, 21)


def test_a_jdk_the_nodes_user_may_not_run_is_passed_over(tmp_path: Path) -> None:
    private, public = make_jdk(tmp_path / "private", "25"), make_jdk(tmp_path / "jvm" / "public", "21")
    found = find_java(
        {"JAVA_HOME": str(private)}, (f"{tmp_path}/jvm/*",), usable=lambda java: private not in java.parents
    )
    assert found == Java(public, 21)


def test_a_jdk_without_a_release_file_is_asked(tmp_path: Path) -> None:
    executable(tmp_path / "bin" / "java", "#!/bin/sh\necho 'openjdk version \"21.0.4\" 2024-07-16' >&2\n")
    assert find_java({"JAVA_HOME": str(tmp_path)}, folders=()) == Java(tmp_path, 21)


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 3\n", "#!/no/such/shell\n", "#!/bin/sh\necho hello\n"])
def test_a_java_that_does_not_answer_is_none(tmp_path: Path, script: str) -> None:
    executable(tmp_path / "bin" / "java", script)
    assert find_java({"JAVA_HOME": str(tmp_path)}, folders=()) is None
