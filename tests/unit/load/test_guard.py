"""What a file does to a library, it does in the process that reads; this one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sro_geo.errors import DataError, Problem
from sro_geo.load import guard
from sro_geo.load.guard import close_guard, read_guarded
from tests.load_data import make_squares, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.load.reading import DataFile
    from sro_geo.load.wire import Answer

ROOT = Path(__file__).parents[3]
GENEROUS = 60
"""Seconds after which something has gone wrong that no machine's slowness explains."""

LEFT = {"ESRIJSON", "ESRI Shapefile", "FlatGeobuf", "GML", "GPKG", "GeoJSON", "KML", "LIBKML", "MEM", "TopoJSON"}


@pytest.fixture(autouse=True, scope="module")
def hostile() -> Iterator[None]:
    """Let the process be one that does what it is told."""
    close_guard()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "READER", "tests.hostile_reader")
        yield
    close_guard()


@pytest.fixture
def fresh() -> Iterator[None]:
    """Let the process be a new one, and its surroundings be those of the test."""
    close_guard()
    yield
    close_guard()


@pytest.fixture
def file(tmp_path: Path) -> DataFile:
    return write(tmp_path, "q.geojson", make_squares())


def run(file: DataFile, task: str) -> Answer:
    return read_guarded(file, file.path, kind="json", layer=task)


def find_process(file: DataFile) -> int:
    return int(run(file, "tell")[0]["process"])


def find_problem(file: DataFile, task: str) -> Problem:
    with pytest.raises(DataError) as caught:
        run(file, task)
    (problem,) = caught.value.problems
    assert problem.places[0].file == problem.values["name"] == "q.geojson"
    return problem


def is_alive(process: int) -> bool:
    """Whether a process runs, or has ended and nobody has waited for it."""
    return Path(f"/proc/{process}").exists() if Path("/proc/self").exists() else _answers(process)


def _answers(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_gone(process: int) -> bool:
    deadline = time.monotonic() + GENEROUS
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(process)


def test_arrays_come_back_as_they_are(file: DataFile) -> None:
    facts, arrays = run(file, "give")
    assert facts == {"list": [1, None, "ü"]}
    assert arrays["texts"].tolist() == ["Süd", None, "", "a\0b"]
    assert arrays["blobs"].tolist() == [b"\x00\xff", None, b""]
    assert arrays["nothing"].tolist() == [None, None]
    assert arrays["whole"].tolist() == [2**53 + 1, -1]
    np.testing.assert_array_equal(arrays["real"], [1.5, np.nan])
    assert arrays["flags"].dtype.kind == "b"
    assert arrays["flags"].tolist() == [True, False]
    assert len(arrays["none"]) == 0


def test_one_process_serves_all_and_ends_when_asked(file: DataFile) -> None:
    first, second = find_process(file), find_process(file)
    assert first == second != os.getpid()
    close_guard()
    assert not is_alive(first)
    assert find_process(file) != first


def test_threads_take_turns(file: DataFile) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(run(file, "give")[1]["whole"][0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2**53 + 1] * 8


def test_what_a_library_prints_does_no_harm(file: DataFile) -> None:
    assert run(file, "chat")[0] == {"done": True}


@pytest.mark.parametrize("task", ["crash", "starve"])
def test_a_crash_is_told_and_the_next_reading_works(file: DataFile, task: str) -> None:
    process = find_process(file)
    assert find_problem(file, task).cause == "reading_crashed"
    assert not is_alive(process)
    assert run(file, "chat")[0] == {"done": True}


def test_a_process_that_has_ended_meanwhile_is_no_fault_of_the_next_file(file: DataFile) -> None:
    process = find_process(file)
    os.kill(process, signal.SIGKILL)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    assert run(file, "chat")[0] == {"done": True}


def test_a_reading_that_never_ends_is_ended(file: DataFile, monkeypatch: pytest.MonkeyPatch) -> None:
    process = find_process(file)
    monkeypatch.setattr(guard, "LEAST_SECONDS", 1)
    problem = find_problem(file, "hang")
    assert (problem.cause, problem.values["seconds"]) == ("reading_too_slow", 1)
    assert not is_alive(process)


def test_refusals_come_through_and_faults_are_ours(file: DataFile) -> None:
    problem = find_problem(file, "complain")
    assert (problem.cause, problem.values["layers"]) == ("layer_missing", ["ä", "b"])
    with pytest.raises(RuntimeError, match="KeyError: 'a fault'"):
        run(file, "stumble")
    assert run(file, "chat")[0] == {"done": True}


@pytest.mark.usefixtures("fresh")
def test_no_foreign_setting_gets_in(file: DataFile, monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = {
        "OGR_SKIP": "", "GDAL_HTTP_PROXY": "http://example.org", "GDAL_HTTP_USERPWD": "a:b", "https_proxy": "x",
        "ALL_PROXY": "x", "NO_PROXY": "*", "no_proxy": "*", "PROJ_NETWORK": "ON",
    }  # fmt: skip
    for name, value in foreign.items():
        monkeypatch.setenv(name, value)
    environment = run(file, "tell")[0]["environment"]
    assert environment["GDAL_HTTP_PROXY"] == environment["GDAL_HTTPS_PROXY"] == "http://127.0.0.1:9"
    assert environment["PROJ_NETWORK"] == "OFF"
    assert "WFS" in environment["OGR_SKIP"].split(",")
    assert not {"https_proxy", "ALL_PROXY", "NO_PROXY", "no_proxy", "GDAL_HTTP_USERPWD"} & set(environment)
    assert {name: os.environ[name] for name in foreign} == foreign, "the settings of this process are nobody's business"


def test_only_drivers_that_read_one_file_are_left(file: DataFile) -> None:
    assert set(run(file, "list_drivers")[0]["drivers"]) <= LEFT


@pytest.mark.usefixtures("fresh")
def test_nothing_heavy_is_loaded(file: DataFile) -> None:
    assert run(file, "list_modules")[0]["heavy"] == []


@pytest.mark.usefixtures("fresh")
def test_no_python_no_reading(file: DataFile, monkeypatch: pytest.MonkeyPatch) -> None:
    for executable in ("", str(file.path.parent / "nothing")):
        monkeypatch.setattr(sys, "executable", executable)
        assert find_problem(file, "chat").cause == "reading_impossible"


def test_an_interrupt_leaves_no_answer_behind(file: DataFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that was not taken must not be taken for that of the next order."""

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    process = find_process(file)
    with monkeypatch.context() as patch:
        patch.setattr(guard, "receive", interrupt)
        with pytest.raises(KeyboardInterrupt):
            run(file, "chat")
    assert not is_alive(process)
    assert "process" in run(file, "tell")[0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_a_fork_has_a_process_of_its_own(file: DataFile) -> None:
    process = find_process(file)
    read, write_end = os.pipe()
    child = os.fork()
    if not child:  # pragma: no cover  runs in the child, which leaves without a trace
        try:
            os.write(write_end, str(find_process(file)).encode())
            close_guard()
        finally:
            os._exit(0)
    os.close(write_end)
    os.waitpid(child, 0)
    other = int(os.read(read, 20))
    os.close(read)
    assert other != process
    assert not is_alive(other)
    assert find_process(file) == process


SCRIPT = """
    {begin}
    import sys
    sys.path.insert(0, {root!r})
    from pathlib import Path
    from sro_geo.load import guard
    from sro_geo.load.reading import DataFile
    guard.READER = "tests.hostile_reader"
    file = DataFile(path=Path({path!r}), name="q")
    def run(task):
        return guard.read_guarded(file, file.path, kind="json", layer=task)[0]
    Path({out!r}).write_text(str(run("tell")["process"]))
    {end}
"""


def play(file: DataFile, *flags: str, begin: str = "", end: str = "") -> tuple[int, int]:
    """Run a program that reads and ends in some way; its exit code and the id of the process that read for it."""
    out = file.path.with_name("out")
    code = textwrap.dedent(SCRIPT).format(root=str(ROOT), path=str(file.path), out=str(out), begin=begin, end=end)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, *flags, "-c", code],
        env=environment,
        cwd=file.path.parent,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=GENEROUS,
    )
    return done.returncode, int(out.read_text())


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("", 0),
        ("import os; os.kill(os.getpid(), 9)", -9),
        pytest.param("guard.LEAST_SECONDS = guard._LATE = 1; run('orphan')", -9, marks=pytest.mark.long),
    ],
)
def test_it_ends_with_the_process_that_started_it(file: DataFile, end: str, code: int) -> None:
    exit_code, process = play(file, "-W", "error", end=end)
    assert exit_code == code
    assert wait_until_gone(process)


def test_it_starts_from_an_isolated_python_without_streams(file: DataFile) -> None:
    begin = "import os, sys; [os.close(number) for number in (0, 1, 2)]; sys.stdin = sys.stdout = sys.stderr = None"
    exit_code, process = play(file, "-I", "-B", begin=begin)
    assert exit_code == 0
    assert wait_until_gone(process)


INTERRUPTED = """
import os, signal, threading
def interrupt():
    os.killpg(0, signal.SIGINT)
os.setpgid(0, 0)
signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Timer(1, interrupt).start()
try:
    run("hang")
except KeyboardInterrupt:
    raise SystemExit(130 if "process" in run("tell") else 1)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no groups of processes")
def test_an_interrupt_of_all_ends_the_reading_only_here(file: DataFile) -> None:
    """Ctrl-C reaches both; the one that reads leaves it to the other, and is ended by it."""
    exit_code, process = play(file, end=INTERRUPTED)
    assert exit_code == 130
    assert wait_until_gone(process)
