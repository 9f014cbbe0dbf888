"""The command: exit codes, languages, the same bytes, and what a killed run leaves."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sro_geo.pipeline import copy_template

ROOT = Path(__file__).parents[2]
MUSTERSTADT = ROOT / "analyses" / "musterstadt"


def run(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sro_geo", *arguments]
    environment = {**os.environ, **variables}
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def hash_files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_run_gives_the_same_bytes_anywhere(tmp_path: Path, german: dict[str, str]) -> None:
    """Another locale, also where the host program has switched it on, another time zone and another order of hashes."""
    first = run("run", str(MUSTERSTADT), "--out", "a", cwd=tmp_path, LC_ALL="C", TZ="UTC0", PYTHONHASHSEED="1")
    environment = {**os.environ, **german, "TZ": "NZST-12NZDT,M9.5.0,M4.1.0/3", "PYTHONHASHSEED": "2"}
    switched_on = (
        "import locale, time; locale.setlocale(locale.LC_ALL, ''); assert f'{0.5:n}' == '0,5', f'{0.5:n}'; "
        "assert time.timezone == -12 * 3600; from sro_geo.cli import main; main()"
    )
    second = subprocess.run(
        [sys.executable, "-c", switched_on, "run", str(MUSTERSTADT), "--out", "b"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert first.stdout == f"{Path('a') / 'index.html'}\n"
    assert hash_files(tmp_path / "a") == hash_files(tmp_path / "b")
    assert len(hash_files(tmp_path / "a")) >= 20


def test_quiet_prints_nothing_and_english_is_english(tmp_path: Path) -> None:
    done = run("run", str(MUSTERSTADT), "--out", "en", "--lang", "en", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "en" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert "Rest of the city" in page
    header = (tmp_path / "en" / "tables" / "scores.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.startswith("quarter_id,score,worst,best")


def test_version() -> None:
    assert run("--version", cwd=ROOT).stdout == "sro-geo 0.1.0\n"


def test_check_reads_everything_and_writes_nothing(tmp_path: Path) -> None:
    done = run("check", str(MUSTERSTADT), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Datenprüfung: Sozialraum-Atlas Musterstadt")
    assert "Statistikstelle Musterstadt (erfunden)" in done.stdout
    assert "Quartiere: 12" in done.stdout
    assert not list(tmp_path.iterdir())


def test_explain_on_the_command_line(tmp_path: Path) -> None:
    done = run("explain", str(ROOT / "analyses" / "rostock"), "Toitenwinkel", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Teilindex Robustheit for Toitenwinkel, 2019")
    assert "Sum of all contributions" in done.stdout


def test_a_new_project_runs_as_it_is(tmp_path: Path) -> None:
    assert run("new", "meine-stadt", cwd=tmp_path).returncode == 0
    folder = tmp_path / "meine-stadt"
    text = (folder / "project.toml").read_text(encoding="utf-8")
    assert "../" not in text
    assert "# Projektdatei" in text
    assert {p.name for p in (folder / "vorlagen").iterdir()} >= {"kennzahlen.csv", "angebote.csv"}
    assert not list(folder.rglob("*.py"))
    done = run("run", "meine-stadt", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "maps" / "meine-stadt" / "index.html").is_file()
    again = run("new", "meine-stadt", cwd=tmp_path)
    assert again.returncode == 2
    assert "meine-stadt" in again.stderr


def test_problems_end_with_two_and_leave_nothing(tmp_path: Path) -> None:
    project = tmp_path / "p"
    project.mkdir()
    (project / "project.toml").write_text('title = "x"\nlanguage = "de"\nyeer = 2024\n', encoding="utf-8")
    done = run("run", "p", cwd=tmp_path)
    assert done.returncode == 2
    assert "yeer" in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["p"]
    english = run("run", "p", "--lang", "en", cwd=tmp_path)
    assert "problem" in english.stderr.splitlines()[0]


def test_unknown_commands_and_quarters_end_with_two(tmp_path: Path) -> None:
    assert run("fly", cwd=tmp_path).returncode == 2
    done = run("explain", str(MUSTERSTADT), "Nirgendwo", cwd=tmp_path)
    assert done.returncode == 2
    assert "Nirgendwo" in done.stderr
    assert run("run", "gibt-es-nicht", cwd=tmp_path).returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not there")
def test_an_interrupt_ends_with_130_and_leaves_nothing(tmp_path: Path) -> None:
    process = start(tmp_path)
    wait_for_begin(tmp_path, process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert not (tmp_path / "maps").exists() or not [
        p for p in (tmp_path / "maps").iterdir() if not p.name.endswith(".lock")
    ]


def start(cwd: Path, project: Path = MUSTERSTADT) -> subprocess.Popen[str]:
    # A job begun in the background ignores the interrupt, and its children inherit that.
    listening = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from sro_geo.cli import main; main()"
    )
    command = [sys.executable, "-c", listening, "run", str(project), "--quiet"]
    # not measured: a signal that meets the measuring's own lock would hang the process
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def kill_after(delay: float, cwd: Path, project: Path, *, late: bool) -> bool:
    """Kill a run some seconds after it started, or after it began to fill its folder; False where it was done by then."""
    if late:  # what the last kill left would be taken for this run's beginning
        shutil.rmtree(cwd / "maps" / ".musterstadt.building", ignore_errors=True)
    process = start(cwd, project)
    if late:
        wait_for_begin(cwd, process)
    time.sleep(delay)
    process.kill()
    process.communicate(timeout=60)
    return process.returncode == -signal.SIGKILL


def wait_for_begin(cwd: Path, process: subprocess.Popen[str]) -> None:
    """Until the folder is being built, so that the signal meets the run and not the start of Python."""
    deadline = time.monotonic() + 60
    while not (cwd / "maps" / ".musterstadt.building").exists() and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="the exchange in one step is Linux's")
def test_a_killed_run_never_harms_the_last_good_folder(tmp_path: Path) -> None:
    """Twenty kills spread over a run, the final exchange among them; each time the old folder is whole, and the next run mends."""
    project = copy_template(tmp_path / "musterstadt")
    text = project.read_text(encoding="utf-8")
    project.write_text(text[: text.index("[[map]]")] + '[[map]]\nshows = "index"\n', encoding="utf-8")
    begun = time.monotonic()
    first = start(tmp_path, project)
    first.communicate(timeout=300)
    length = time.monotonic() - begun
    target = tmp_path / "maps" / "musterstadt"
    good = hash_files(target)
    assert len(good) >= 10
    for i in range(20):
        late = i >= 14  # the last stretch, where the folder is filled, synced and exchanged
        delay = length * ((i - 13) / 25 if late else (i + 1) / 15)
        while not kill_after(delay, tmp_path, project, late=late):
            delay *= 0.7  # the run was done before; a busy machine measures no steady length
        assert hash_files(target) == good
    last = start(tmp_path, project)
    assert last.communicate(timeout=300) == ("", "")
    assert last.returncode == 0
    assert hash_files(target) == good
    assert sorted(p.name for p in (tmp_path / "maps").iterdir()) == [".musterstadt.lock", "musterstadt"]


def test_the_place_may_not_be_taken(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "maps" / "musterstadt")
    before = hash_files(tmp_path)
    done = run("run", str(MUSTERSTADT), cwd=tmp_path)
    assert done.returncode == 2
    assert "Der Ordner musterstadt enthält Dateien, die nicht von sro-geo stammen." in done.stderr
    assert hash_files(tmp_path) == before
