"""What must be there before anything is installed; each thing that is not is one sentence that says what to do.

Read by whatever python3 the machine has, hence its old syntax.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Dict, List, Mapping, NamedTuple, Optional, Tuple

from deploy.java import find_java
from deploy.settings import Settings

LOWEST_PYTHON = (3, 11)
OTHER_PYTHONS = ("python3.13", "python3.12", "python3.11")
GIGABYTE = 1024**3
# Measured: torch with its CUDA libraries is 5.5 GB, and installing it needs room beside it; its CPU build is 1 GB.
ENVIRONMENT_GB = 7.0
ENVIRONMENT_CPU_GB = 2.5
ENGINE_GB = 0.5
MODEL_GB = 0.5
WORK_GB = 1.0
# The node takes its heap and half a gigabyte; the indexer or the server with the model take about 1.5 GB.
PYTHON_MEMORY_GB = 1.5
NODE_MEMORY_GB = 0.5
CGROUP = Path("/sys/fs/cgroup")
MEMINFO = Path("/proc/meminfo")
NO_JAVA = (
    "OpenSearch needs a JDK 21 or newer: install one (for instance `apt-get install openjdk-21-jdk-headless`), "
    "set OPENSEARCH_JAVA_HOME to its folder, or set OPENSEARCH_URL to a cluster you have."
)
NO_MAVEN = (
    "Maven is needed once to fetch OpenSearch: install it (for instance `apt-get install maven`) "
    "or set OPENSEARCH_URL to a cluster you have."
)
NO_VENV = (
    "Python {}.{} here cannot make virtual environments: install its venv module (for instance "
    "`apt-get install python3-venv`)."
)


class Machine(NamedTuple):
    """What is there already, so that only what is still to come is asked for."""

    environment: bool
    engine: bool
    model: bool
    node_is_up: bool


def python_problem(version: Tuple[int, int]) -> Optional[str]:
    if version >= LOWEST_PYTHON:
        return None
    return "Python 3.11 or newer is needed and python3 is {}.{}: install one (for instance python3.11).".format(
        *version
    )


def newer_python(environment: Mapping[str, str]) -> Optional[str]:
    """A Python that is new enough and does start. A name on the PATH may be an empty shim."""
    for name in OTHER_PYTHONS:
        found = shutil.which(name, path=environment.get("PATH"))
        if found and subprocess.call([found, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            return found
    return None


def venv_problem() -> Optional[str]:
    return None if find_spec("ensurepip") else NO_VENV.format(*sys.version_info[:2])


def java_problem(environment: Mapping[str, str]) -> Optional[str]:
    return None if find_java(environment) else NO_JAVA


def maven_problem(environment: Mapping[str, str]) -> Optional[str]:
    return None if shutil.which("mvn", path=environment.get("PATH")) else NO_MAVEN


def existing_parent(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def space_needed(settings: Settings, machine: Machine, environment: Mapping[str, str]) -> Dict[Path, float]:
    """Gigabytes still to be written, by folder."""
    cpu_only = environment.get("UV_TORCH_BACKEND") == "cpu"
    state = WORK_GB + (0 if machine.engine else ENGINE_GB) + (0 if machine.model else MODEL_GB)
    venv = ENVIRONMENT_CPU_GB if cpu_only else ENVIRONMENT_GB
    return {settings.state: state, settings.venv: 0.0 if machine.environment else venv}


def disk_problems(needed: Mapping[Path, float]) -> List[str]:
    """Folders on one file system share its room."""
    by_device = {}  # type: Dict[int, List[Path]]
    for folder in needed:
        by_device.setdefault(os.stat(str(existing_parent(folder))).st_dev, []).append(folder)
    problems = []
    for folders in by_device.values():
        gigabytes = sum(needed[folder] for folder in folders)
        free = shutil.disk_usage(str(existing_parent(folders[0]))).free / GIGABYTE
        if free < gigabytes:
            sentence = "{:.1f} GB of free disk are needed and {} has {:.1f} GB: free some or set STATE_DIR and VENV."
            problems.append(sentence.format(gigabytes, existing_parent(folders[0]), free))
    return problems


def _numbers(path: Path) -> Dict[str, int]:
    """The lines `name: 12 kB` or `name 12` of a file of the kernel's."""
    try:
        rows = [line.replace(":", " ").split() for line in path.read_text().splitlines()]
    except OSError:
        return {}
    return {row[0]: int(row[1]) for row in rows if len(row) > 1 and row[1].isdigit()}


def _number(path: Path) -> Optional[int]:
    try:
        text = path.read_text().strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None


def free_memory(meminfo: Path = MEMINFO, cgroup: Path = CGROUP) -> Optional[float]:
    """Gigabytes that can still be had, by the machine's count and its container's; None where neither is known."""
    available = _numbers(meminfo).get("MemAvailable")
    rooms = [] if available is None else [available * 1024]
    limit, used = _number(cgroup / "memory.max"), _number(cgroup / "memory.current")
    if limit is not None and used is not None:
        # What files left in the cache is given back when asked for.
        rooms.append(limit - used + _numbers(cgroup / "memory.stat").get("inactive_file", 0))
    return min(rooms) / GIGABYTE if rooms else None


def memory_needed(settings: Settings, machine: Machine) -> float:
    """Gigabytes."""
    heap = int(settings.engine_heap[:-1]) / (1024.0 if settings.engine_heap.endswith("m") else 1.0)
    return PYTHON_MEMORY_GB + (0.0 if machine.node_is_up or settings.engine_url else heap + NODE_MEMORY_GB)


def memory_problem(needed: float, free: Optional[float]) -> Optional[str]:
    if free is None or free >= needed:
        return None
    sentence = "{:.1f} GB of free memory are needed and {:.1f} GB are left: close something or set ENGINE_HEAP=512m."
    return sentence.format(needed, free)


def problems(settings: Settings, machine: Machine, environment: Mapping[str, str]) -> List[str]:
    """Everything that stands in the way, so that it can be put right in one go."""
    own_node = not settings.engine_url and not machine.node_is_up
    found = [
        python_problem(sys.version_info[:2]),
        None if machine.environment else venv_problem(),
        java_problem(environment) if own_node else None,
        maven_problem(environment) if own_node and not machine.engine else None,
        memory_problem(memory_needed(settings, machine), free_memory()),
    ]
    return [problem for problem in found if problem] + disk_problems(space_needed(settings, machine, environment))
