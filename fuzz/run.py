"""Fuzzes one target for a time: ``python fuzz/run.py READER --seconds N`` (fuzz/README.md)."""
# ruff: noqa: INP001 -- scripts beside each other, no package

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from seeds import seeds
from targets import CASES, TARGETS

HANG = 25
"""Seconds for one input, under instrumentation, that count as a hang."""
MEMORY = 2500
"""Megabytes that count as too much."""


def main() -> int:
    """Fuzzes and tells what was found: 0 nothing, 1 new cases, 2 the fuzzer did not start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=180)
    asked = parser.parse_args()
    before = set(CASES.glob("*"))
    with tempfile.TemporaryDirectory() as folder:
        corpus, artifacts = Path(folder, "corpus"), Path(folder, "artifacts")
        corpus.mkdir()
        artifacts.mkdir()
        for number, seed in enumerate(seeds(asked.reader)):
            (corpus / str(number)).write_bytes(seed)
        end = time.monotonic() + asked.seconds
        while (left := int(end - time.monotonic())) > 0:
            before_run = len(list(artifacts.iterdir()))
            if _fuzz(asked.reader, corpus, artifacts, left) and len(list(artifacts.iterdir())) == before_run:
                return 2  # it did not even start
        for artifact in sorted(artifacts.iterdir()):
            _judge(asked.reader, artifact)
    found = sorted(set(CASES.glob("*")) - before)
    print(f"{asked.reader}: {len(found)} new cases", *(path.name for path in found))  # noqa: T201 -- the answer
    return 1 if found else 0


def _fuzz(reader: str, corpus: Path, artifacts: Path, seconds: int) -> int:
    """One process, until the time is up or an input ends it; its exit status."""
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={HANG}",
        f"-rss_limit_mb={MEMORY}",
        f"-artifact_prefix={artifacts}/",
        "-print_final_stats=1",
    ]
    command = [sys.executable, str(Path(__file__).with_name("one.py")), reader, *options, str(corpus)]
    return subprocess.run(command, check=False).returncode  # noqa: S603 -- our own script


def _judge(reader: str, artifact: Path) -> None:
    """An input that ended the process, tried as users would: kept where something escapes or does not come back."""
    target = TARGETS[reader]
    file = target.file(artifact.read_bytes())
    kept = CASES / f"{reader}-{artifact.name}{Path(target.name).suffix}"
    kept.write_bytes(file)
    call = f"import sys; from linter import check; check(sys.argv[1], name={target.name!r})"
    try:
        ended = subprocess.run([sys.executable, "-c", call, str(kept)], check=False, timeout=HANG, cwd=kept.parents[2])  # noqa: S603 -- as above
        harmless = ended.returncode == 0
    except subprocess.TimeoutExpired:
        harmless = False
    if harmless:
        kept.unlink()
    print(f"{artifact.name}: {'contained' if harmless else f'kept as {kept.name}'}")  # noqa: T201 -- the answer


if __name__ == "__main__":
    raise SystemExit(main())
