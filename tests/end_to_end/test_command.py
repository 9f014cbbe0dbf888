"""The command: exit codes, languages, the same bytes. In this process where a process of its own would show no more."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from sro_geo.cli import main
from sro_geo.pipeline.opening import copy_template, open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from tests.attacker_texts import read_page
from tests.bad_input.harness import lay_out
from tests.small_projects import CHOICES, write_project, write_whole
from tests.studies import find_source
from tests.told import spread_page

ROOT = Path(__file__).parents[2]
MUSTERSTADT = ROOT / "analyses" / "musterstadt"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the command here, in a folder that is the test's own."""
    monkeypatch.chdir(tmp_path)

    def run_here(*arguments: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        told = capsys.readouterr()
        return Done(int(ended.value.code or 0), told.out, told.err)

    return run_here


def start(*arguments: str, cwd: Path, before: str = "", **variables: str) -> subprocess.Popen[str]:
    """Start the command as a process; `before` is Python that runs first."""
    command = [sys.executable, "-c", f"{before}\nfrom sro_geo.cli import main\nmain()", *arguments]
    return subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def hash_files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(params=["small", pytest.param("specimen", marks=pytest.mark.long)])
def drawn(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """A project, and the folder that a run of it has written."""
    if request.param == "specimen":
        specimen = request.getfixturevalue("specimen")
        return find_source(specimen), Path(specimen.folder)
    source = write_whole(tmp_path / "p")
    write_study(run_study(open_project(source)), folder=tmp_path / "a")
    return source, tmp_path / "a"


@pytest.mark.long
def test_the_same_run_gives_the_same_bytes_anywhere(
    tmp_path: Path, drawn: tuple[Path, Path], german: dict[str, str]
) -> None:
    """Another locale, switched on by the host program, another time zone and another order of hashes."""
    source, folder = drawn
    before = (
        "import locale, time; locale.setlocale(locale.LC_ALL, ''); assert f'{0.5:n}' == '0,5', f'{0.5:n}'\n"
        "assert time.timezone == -12 * 3600"
    )
    odd = {**german, "TZ": "NZST-12NZDT,M9.5.0,M4.1.0/3", "PYTHONHASHSEED": "2"}
    process = start("run", str(source), "--out", "b", cwd=tmp_path, before=before, **odd)
    told, notes = process.communicate()
    assert told == f"{Path('b') / 'index.html'}\n"
    assert notes.startswith(("Hinweise (", "Fragen ("))
    assert notes.count("\n- ") >= 1
    assert process.returncode == 0
    assert hash_files(tmp_path / "b") == hash_files(folder)
    assert len(hash_files(tmp_path / "b")) >= 15


def test_the_module_is_the_command() -> None:
    command = [sys.executable, "-m", "sro_geo", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "sro-geo 0.1.0\n"


def test_a_new_project_is_a_copy_of_the_template(tmp_path: Path, call: Callable[..., Done]) -> None:
    assert call("new", "meine-stadt").returncode == 0
    folder = tmp_path / "meine-stadt"
    text = (folder / "project.toml").read_text(encoding="utf-8")
    assert "../" not in text
    assert "# Projektdatei" in text
    assert {p.name for p in (folder / "vorlagen").iterdir()} >= {"kennzahlen.csv", "angebote.csv"}
    assert not list(folder.rglob("*.py"))
    again = call("new", "meine-stadt")
    assert again.returncode == 2
    assert "meine-stadt" in again.stderr


def test_quiet_prints_nothing_and_english_is_english(tmp_path: Path, call: Callable[..., Done]) -> None:
    (tmp_path / "p").mkdir()
    least = {name: choices[0] for name, choices in CHOICES.items()}
    write_project(
        tmp_path / "p",
        {**least, "quarters": "two", "values": "rates", "index": "robustness", "groups": "compared", "maps": "one"},
    )
    assert call("run", "p", "--lang", "en", "--quiet") == Done(0, "", "")
    page = spread_page((tmp_path / "maps" / "p" / "index.html").read_text(encoding="utf-8"))
    assert '<html lang="en"' in page
    assert "Rest of the city" in page
    header = (tmp_path / "maps" / "p" / "tables" / "scores.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.startswith("quarter_id,score,worst,best")


def test_explain_on_the_command_line(tmp_path: Path, call: Callable[..., Done]) -> None:
    done = call("explain", str(write_whole(tmp_path / "p")), "Viertel 02", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Index for Viertel 02, 2024")
    assert "Sum of all contributions" in done.stdout


LOADED = """import atexit, sys
atexit.register(lambda: print([m for m in ('folium', 'matplotlib', 'sklearn') if m in sys.modules]))"""


def test_check_reads_everything_writes_nothing_and_loads_nothing_that_draws(tmp_path: Path) -> None:
    source = write_whole(tmp_path / "p")
    before = hash_files(tmp_path)
    process = start("check", str(source), cwd=tmp_path, before=LOADED)
    told, wrong = process.communicate()
    assert (process.returncode, wrong) == (2, "")  # a question is open
    assert told.startswith("Datenprüfung: Erste Karte")
    assert "quartiere.geojson (Grenzen): 6 Quartiere\n" in told
    assert told.splitlines()[-1] == "[]"
    assert hash_files(tmp_path) == before


@pytest.mark.long
def test_explain_loads_nothing_that_draws(tmp_path: Path) -> None:
    process = start("explain", str(write_whole(tmp_path / "p")), "Viertel 02", cwd=tmp_path, before=LOADED)
    told, wrong = process.communicate()
    assert process.returncode == 0, wrong
    assert told.splitlines()[-1] == "[]"


def test_problems_end_with_two_and_leave_nothing(tmp_path: Path, call: Callable[..., Done]) -> None:
    project = tmp_path / "p"
    project.mkdir()
    (project / "project.toml").write_text('title = "x"\nlanguage = "de"\nyeer = 2024\n', encoding="utf-8")
    process = start("run", "p", cwd=tmp_path, before=LOADED)
    loaded, told = process.communicate()
    assert process.returncode == 2
    assert loaded == "[]\n"
    assert "yeer" in told
    assert "Traceback" not in told
    assert [p.name for p in tmp_path.iterdir()] == ["p"]
    assert "problem" in call("run", "p", "--lang", "en").stderr.splitlines()[0]


def test_unknown_commands_and_quarters_end_with_two(tmp_path: Path, call: Callable[..., Done]) -> None:
    assert call("fly").returncode == 2
    done = call("explain", str(write_whole(tmp_path / "p")), "Nirgendwo")
    assert done.returncode == 2
    assert "Nirgendwo" in done.stderr
    assert call("run", "gibt-es-nicht").returncode == 2


def test_the_place_may_not_be_taken(tmp_path: Path, call: Callable[..., Done]) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "maps" / "musterstadt")
    before = hash_files(tmp_path)
    done = call("run", str(MUSTERSTADT))
    assert done.returncode == 2
    assert "Im Ordner musterstadt liegt etwas, das kein Lauf geschrieben hat: architecture.md, " in done.stderr
    assert hash_files(tmp_path) == before


def test_a_folder_without_a_name_is_no_folder(tmp_path: Path, call: Callable[..., Done]) -> None:
    done = call("run", str(MUSTERSTADT), "--out", "")
    assert done.returncode == 2
    assert "Hinter --out steht kein Ordner." in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("when", ["before the work", "before it is written"])
@pytest.mark.parametrize("out", ["meine-stadt", "meine-stadt/daten", "."])
def test_a_project_is_never_replaced_by_its_own_output(
    tmp_path: Path, call: Callable[..., Done], out: str, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if when == "before the work":
        monkeypatch.setattr("sro_geo.pipeline.study.run_study", lambda *_, **__: pytest.fail("it began to work"))
    else:
        study = SimpleNamespace(
            about=SimpleNamespace(language="de", level="", called=None, internal=False), notes=(), questions=()
        )
        monkeypatch.setattr("sro_geo.pipeline.study.run_study", lambda *_, **__: study)
        monkeypatch.setattr("sro_geo.report.folder.prepare_place", lambda *_, **__: None)
    copy_template(tmp_path / "meine-stadt")
    before = hash_files(tmp_path)
    done = call("run", "meine-stadt", "--out", out)
    assert done.returncode == 2
    assert "liegt etwas, aus dem das Projekt gelesen wird: " in done.stderr
    assert ("project.toml" in done.stderr) == (out != "meine-stadt/daten")
    assert "quartiere.geojson" in done.stderr
    assert hash_files(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["meine-stadt"]


# A job begun in the background ignores the interrupt, and its children inherit that.
LISTENING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"


def start_unmeasured(cwd: Path, project: Path) -> subprocess.Popen[str]:
    """Start a run without measuring its coverage: a signal that meets the measuring's own lock would hang it."""
    off = dict.fromkeys([name for name in os.environ if name.startswith("COV")], "")
    return start("run", str(project), "--quiet", cwd=cwd, before=LISTENING, **off)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals are not there")
def test_an_interrupt_ends_with_130_and_leaves_nothing(tmp_path: Path) -> None:
    source = write_whole(tmp_path / "p")
    process = start_unmeasured(tmp_path, source)
    # until the folder is being built, so that the signal meets the run and not the start of Python
    while not (tmp_path / "maps" / f".{source.name}.building").exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="the exchange in one step is Linux's")
def test_a_run_killed_at_any_time_never_harms_the_last_good_folder(tmp_path: Path) -> None:
    """Killed a little later each time until a run is done before; tests/unit/report kills at each single step."""
    project = copy_template(tmp_path / "musterstadt")
    text = project.read_text(encoding="utf-8")
    project.write_text(text[: text.index("[[map]]")] + '[[map]]\nshows = "index"\n', encoding="utf-8")
    target = tmp_path / "maps" / "musterstadt"
    assert start_unmeasured(tmp_path, project).communicate() == ("", "")
    good = hash_files(target)
    assert len(good) >= 10
    for tenths in count(1, 2):
        process = start_unmeasured(tmp_path, project)
        try:
            assert process.communicate(timeout=tenths / 10) == ("", "")
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        assert hash_files(target) == good
        if process.returncode == 0:
            break
    assert sorted(p.name for p in (tmp_path / "maps").iterdir()) == [".musterstadt.lock", "musterstadt"]


def test_check_ends_with_two_as_long_as_a_question_is_open(tmp_path: Path, call: Callable[..., Done]) -> None:
    (tmp_path / "probe").mkdir()
    lay_out("060_total_is_no_sum", tmp_path / "probe")
    done = call("check", "probe", "--json", "q.json", "--page", "q.html")
    assert done.returncode == 2
    assert done.stderr == ""
    assert done.stdout.splitlines()[2].startswith("1 Frage müssen Sie entscheiden.")
    told = json.loads((tmp_path / "q.json").read_text(encoding="utf-8"))
    assert [question["cause"] for question in told["questions"]] == ["totals_differ"]
    assert "1 Frage müssen Sie entscheiden." in (tmp_path / "q.html").read_text(encoding="utf-8")
    piped = call("check", "probe", "--json", "-")
    assert (json.loads(piped.stdout), piped.returncode, piped.stderr) == (told, 2, "")
    done = call("run", "probe", "--out", "atlas")
    assert done.returncode == 0
    assert done.stderr.startswith("Fragen (1)\n")
    assert "Noch nicht entschieden: In der Datei kennzahlen.csv" in (tmp_path / "atlas" / "index.html").read_text(
        "utf-8"
    )
    with (tmp_path / "probe" / "project.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[decided]]\nquestion = "totals_differ"\nreason = "geprüft"\n')
    done = call("check", "probe", "--json", "q.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  Entschieden: geprüft\n" in done.stdout


def test_errors_of_a_check_stand_on_their_own_stream(tmp_path: Path, call: Callable[..., Done]) -> None:
    (tmp_path / "probe").mkdir()
    lay_out("024_empty_table", tmp_path / "probe")
    done = call("check", "probe")
    assert done.returncode == 2
    assert done.stderr.startswith("1 Problem\n\n")
    assert done.stdout.startswith("Datenprüfung: Probe\n\n1 Fehler ist zu beheben.\n\nDateien (")
    done = call("check", "probe", "--page", "probe/project.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ist kein Bericht einer früheren Prüfung" in done.stderr


def test_split_pages_tell_what_whole_ones_tell(call: Callable[..., Done], tmp_path: Path) -> None:
    """Nothing stands within the page, its files lie beside it, and an attacker reads the same."""
    (tmp_path / "town").mkdir()
    write_project(tmp_path / "town", {name: choices[0] for name, choices in CHOICES.items()} | {"values": "counts"})
    for switch, folder in (("--quiet", "whole"), ("--split", "split"), ("--unpacked", "plain")):
        done = call("run", "town", "--out", folder, "--quiet", switch)
        assert (done.returncode, done.stderr) == (0, "")
    whole, split = (
        {path.relative_to(tmp_path / f).as_posix() for path in (tmp_path / f).rglob("*")} for f in ("whole", "split")
    )
    assert {name.split("-")[0] for name in split - whole} == {"style", "script", "data", "maps/data"}
    assert whole <= split
    page = (tmp_path / "split" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?! src=)|<style|style=", page) == []
    assert read_page(tmp_path / "split") == read_page(tmp_path / "whole") == read_page(tmp_path / "plain")
    for name in ("index.html", next((tmp_path / "whole" / "maps").glob("*.html")).relative_to(tmp_path / "whole")):
        packed, plain = ((tmp_path / folder / name).read_text(encoding="utf-8") for folder in ("whole", "plain"))
        assert ('\n   "picture": {\n' in plain, "picture" in packed[packed.index('id="sro-data"') :]) == (True, False)
    single = next((tmp_path / "split" / "maps").glob("*.html")).read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src)="([^"]+)"', single)
    assert len(named) == 3
    assert all((tmp_path / "split" / "maps" / name).resolve().is_file() for name in named)
