"""Measuring in pairs: what is compared runs in turns, so that a busy machine slows both alike."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """`wall` and `cpu` in seconds, `memory` in MB: the most that was resident."""

    wall: float
    cpu: float
    memory: float = 0.0


Costs = Mapping[str, Sequence[Cost]]
"""By name, one for every round, in the order of the rounds."""


def processes(
    commands: Mapping[str, Sequence[str] | Callable[[], Sequence[str]]], rounds: int, environment: Mapping[str, str]
) -> Costs:
    """What whole processes cost. A command that is a function is asked anew each round (for a file never seen)."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            cost = process(command() if callable(command) else command, environment)
            if turn:  # the first round warms the disk and the compiled modules
                costs[name].append(cost)
    return costs


def calls(functions: Mapping[str, Callable[[], object]], rounds: int) -> Costs:
    """What calls cost in this process, each called once before."""
    costs: dict[str, list[Cost]] = {name: [] for name in functions}
    for turn in range(rounds + 1):
        for name, function in functions.items():
            wall, cpu = time.perf_counter(), time.process_time()
            function()
            if turn:
                costs[name].append(Cost(time.perf_counter() - wall, time.process_time() - cpu))
    return costs


def ratio(costs: Costs, one: str, other: str) -> float:
    """How many times the other's processor time the one takes: the median over the rounds."""
    return median(a.cpu / b.cpu for a, b in zip(costs[one], costs[other], strict=True))


def milliseconds(costs: Costs, name: str) -> float:
    """Processor time."""
    return median(cost.cpu for cost in costs[name]) * 1000


def memory(costs: Costs, name: str) -> float:
    return median(cost.memory for cost in costs[name])


def machine() -> str:
    """What the figures were measured on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores, {system}, {python}"


def process(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """What one whole process costs, those it starts included; `memory` is that of the largest of them."""
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 -- commands of this benchmark
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: findings
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    size = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, size)
