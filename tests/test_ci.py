"""CI tells the truth: every part runs whatever failed before it, and the last line counts what each one said."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / ".ci" / "run"
PARTS = ["check-python", "check-contracts", "check-client", "test-client", "test-browser", "test-python", "test-long"]

CLOSING = {
    "test-client": "\x1b[2m Test Files \x1b[22m 40 passed (40)\n"
    "\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m200 passed\x1b[39m\x1b[22m (200)",
    "test-browser": "  ok 12 e2e/tree.spec.ts › 3 passed over\n  1 skipped\n  30 passed (3.1m)",
    "test-python": "=========== 1000 passed, 2 skipped, 1 xfailed, 9 warnings in 473.21s (0:07:53) ===========",
    "test-long": "===== 4 passed, 1000 deselected in 300.02s (0:05:00) =====",
}


class Bench:
    """A shell in which `make` says what the test wants it to say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "make").write_text(
            '#!/bin/bash\nread -r _ && exit 99\ncat "$0.$1.says" 2>/dev/null\necho "$1" >> "$0.asked"\n'
            'exit "$(cat "$0.$1.code" 2>/dev/null || echo 0)"\n'
        )
        (folder / "make").chmod(0o755)
        for part, words in CLOSING.items():
            self.says(part, words)

    def says(self, part: str, words: str, code: int = 0) -> None:
        (self.folder / f"make.{part}.says").write_text(f"{words}\n")
        (self.folder / f"make.{part}.code").write_text(str(code))

    def run(self, **more: str) -> tuple[int, list[str]]:
        path = f"{self.folder}:{os.environ['PATH']}"
        ended = subprocess.run(
            [SCRIPT], env=os.environ | {"PATH": path} | more, capture_output=True, text=True, check=False, timeout=60
        )
        return ended.returncode, ended.stdout.strip().splitlines()

    @property
    def asked(self) -> list[str]:
        return (self.folder / "make.asked").read_text().split()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_all_that_holds_is_counted_on_the_last_line(bench: Bench) -> None:
    code, lines = bench.run()
    assert (code, lines[-1]) == (0, "1237 passed, 0 failed, 4 skipped")
    assert bench.asked == PARTS
    table = lines[-len(PARTS) - 3 :]
    assert [row.split()[0] for row in table[:-2]] == ["part", *PARTS]
    assert all(row.endswith("passed") for row in table[1:-2])


@pytest.mark.parametrize("failing", PARTS)
def test_a_part_that_fails_keeps_no_other_from_running(bench: Bench, failing: str) -> None:
    bench.says(failing, "nothing was built", 2)
    code, lines = bench.run()
    assert bench.asked == PARTS
    assert code == 1
    assert ", 1 failed, " in lines[-1]
    assert [line.split()[0] for line in lines if line.endswith("FAILED (2)")] == [failing]


@pytest.mark.parametrize(
    ("part", "words", "failed"),
    [
        ("test-python", "==== 3 failed, 990 passed, 2 errors in 400.00s (0:06:40) ====", 5),
        ("test-client", "      Tests  2 failed | 198 passed (200)", 2),
        ("test-browser", "  2 failed\n  3 did not run\n  25 passed (4.0m)", 5),
    ],
)
def test_the_failures_of_each_runner_are_counted(bench: Bench, part: str, words: str, failed: int) -> None:
    bench.says(part, words, 1)
    code, lines = bench.run()
    assert (code, lines[-1].split(", ")[1]) == (1, f"{failed} failed")


def test_a_part_that_ran_no_test_did_not_succeed(bench: Bench) -> None:
    bench.says("test-python", "========= no tests ran in 0.10s =========")
    code, lines = bench.run()
    assert code == 1
    assert any("ran-no-test" in line for line in lines)


def test_what_takes_longer_than_there_is_time_is_stopped_and_told(bench: Bench) -> None:
    (bench.folder / "make").write_text(
        '#!/bin/bash\necho "$1" >> "$0.asked"\n[ "$1" = test-python ] && exec sleep 60\n'
        'cat "$0.$1.says" 2>/dev/null || true\n'
    )
    code, lines = bench.run(CI_SECONDS="4")
    assert code == 1
    assert bench.asked == PARTS
    assert any(line.startswith("test-python") and "stopped after" in line for line in lines)
