"""Rows of bad input that need more than one plain check: what a run writes, and what stops one."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
import unicodedata
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.bad_input.harness import Result, Warm, finish, hash_files, run_real, start
from tests.told import spread_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

RUN = ("run", ".", "--out", "../atlas", "--lang", "de")
CANARY = "kanarienvogel"
TEXTS = (".html", ".svg", ".csv", ".json")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
DISK = 3 * 1024 * 1024
FREE = (400_000, 200_000, 20_000)
"""Bytes free on a small disk; the atlas needs more."""


def write_atlas(folder: Path, command: Warm) -> tuple[Result, dict[str, bytes]]:
    """Run the project into a folder beside it: the result, and every file that was written."""
    result = command(folder, *RUN)
    return result, read_atlas(folder)


def read_atlas(folder: Path) -> dict[str, bytes]:
    written = folder.parent / "atlas"
    files = {str(path.relative_to(written)): _read(path) for path in sorted(written.rglob("*")) if path.is_file()}
    assert {"index.html", "study.gpkg", "protocol.json"} <= set(files)
    return files


def list_left(folder: Path) -> list[str]:
    """What lies beside the project; the empty lock file that a run keeps is no remains."""
    return sorted(path.name for path in folder.parent.iterdir() if not path.name.endswith(".lock"))


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    """Until a file or folder is there."""
    while not path.exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)


# ---- what stands in the files -----------------------------------------------------------------------------------------


def find_formulas(folder: Path, command: Warm) -> Result:
    """No cell of a table begins like a formula, no cell of the workbook is one."""
    result, files = write_atlas(folder, command)
    guarded = set()
    for name in (name for name in files if name.endswith(".csv")):
        for row in csv.reader(io.StringIO(files[name].decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell.startswith(FORMULAS) and not is_number(cell)], (name, row)
            guarded |= {cell for cell in row if cell[:1] == "'"}
    assert any(cell.startswith("'=HYPERLINK") for cell in guarded)
    for name in (name for name in files if name.endswith(".xlsx")):
        with zipfile.ZipFile(io.BytesIO(files[name])) as book:
            parts = [book.read(part) for part in book.namelist() if part.endswith(".xml")]
        assert any(b"=HYPERLINK" in part for part in parts)
        assert not [part for part in parts if b"<f>" in part or b"<hyperlink" in part]
    return result


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def find_markup(folder: Path, command: Warm) -> Result:
    """Names that are markup stand as text, never as elements."""
    result, files = write_atlas(folder, command)
    for name, page in ((name, files[name].decode()) for name in files if name.endswith((".html", ".svg"))):
        assert not re.search(r"<img src=x|<svg onload|<b>Amt|<!-- CC0|<script>alert", page), name
    return result


def find_links(folder: Path, command: Warm) -> Result:
    """No address from data is a link that runs."""
    result, files = write_atlas(folder, command)
    for name, content in files.items():
        assert b"alert(2)" not in content, name
        if name.endswith((".html", ".svg")):
            text = re.sub(r"(?s)<script.*?</script>", "", content.decode())
            links = re.findall(r"""(?:href|src|action|formaction)\s*=\s*["']?([^"'\s>]+)""", text)
            assert all(link.startswith(("#", "data:image/")) or "/" not in link for link in links), (name, links)
            assert not [link for link in links if link.startswith(("javascript:", "data:text"))], name
    return result


def find_paths(folder: Path, command: Warm) -> Result:
    """Names of quarters, offers and codes make no bad names of files."""
    result, files = write_atlas(folder, command)
    assert len([name for name in files if name.startswith("maps/")]) == 1, sorted(files)
    for name in files:
        assert re.fullmatch(r"[a-z0-9_./-]+", name), name
        assert not any(DEVICES.match(part) for part in name.split("/")), name
    assert list_left(folder) == ["atlas", "projekt"]
    return result


def _read(path: Path) -> bytes:
    """A file, what a page holds compressed told behind it."""
    return spread_page(path.read_text(encoding="utf-8")).encode() if path.suffix == ".html" else path.read_bytes()


def find_templates(folder: Path, command: Warm) -> Result:
    """What a template language would run stands there as it is."""
    result, files = write_atlas(folder, command)
    page = files["index.html"].decode()
    assert "{{7*7}} ${{title}} %(name)s {0.__class__}" in page
    assert "{% include 'x' %}" in page
    assert not [name for name in files if b"root:x:" in files[name]]
    return result


def find_secrets(folder: Path, command: Warm) -> Result:
    """A password in an address stands nowhere."""
    result, files = write_atlas(folder, command)
    told = [result, command(folder, "check", ".", "--lang", "de"), command(folder, "explain", ".", "01")]
    assert not [name for name in files if CANARY.encode() in files[name]]
    assert not [one for one in told if CANARY in one.out + one.err]
    assert b"daten.example" in files["protocol.json"]
    return result


def find_small_counts(folder: Path, command: Warm) -> Result:
    """Neither a count of one or two stands anywhere, nor a share that tells it."""
    result, files = write_atlas(folder, command)
    rows = list(csv.DictReader(io.StringIO(files["tables/indicators.csv"].decode("utf-8-sig"))))
    small = [row for row in rows if row["quartier"] == "01" and row["kennzahl"] in ("gestorbene", "kinder_sgb2")]
    assert [(row["wert"], row["zaehler"], row["status"]) for row in small] == [("", "", "geheim")] * 2
    share = f"{100 / 337:.4f}"
    for name in (name for name in files if name.endswith(TEXTS)):
        assert not re.search(share.replace(".", "[.,]"), files[name].decode()), name
    return result


def find_hidden_columns(folder: Path, command: Warm) -> Result:
    """Columns that nobody asked for stand nowhere."""
    result, files = write_atlas(folder, command)
    for word in (CANARY, "interne_bemerkung", "geheimvermerk"):
        assert not [name for name in files if word.encode() in files[name]]
    return result


# ---- what stops a run -------------------------------------------------------------------------------------------------


def lock_geopackage(folder: Path, command: Warm) -> Result:
    """Check while another program is writing the boundaries."""
    with closing(sqlite3.connect(folder / "grenzen.gpkg")) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        return command(folder, "check", ".", "--lang", "de")


def open_geopackage(folder: Path, command: Warm) -> Result:
    """Run again while the last GeoPackage is open and locked: the result is exchanged beneath it."""
    write_atlas(folder, command)
    good = hash_files(folder.parent / "atlas")
    with closing(sqlite3.connect(folder.parent / "atlas" / "study.gpkg")) as other:
        other.execute("BEGIN EXCLUSIVE")
        result = command(folder, *RUN)
    assert hash_files(folder.parent / "atlas") == good
    assert list_left(folder) == ["atlas", "projekt"]
    return result


def kill_in_mid_write(folder: Path, command: Warm) -> Result:
    """Kill a run while it writes: the last result stays, and the next run goes through."""
    write_atlas(folder, command)
    good = hash_files(folder.parent / "atlas")
    with start(folder, *RUN) as process:
        wait_for(folder.parent / ".atlas.building", process)
        process.kill()
        assert finish(process).exit < 0
    assert hash_files(folder.parent / "atlas") == good
    result, _ = write_atlas(folder, command)
    assert hash_files(folder.parent / "atlas") == good
    assert list_left(folder) == ["atlas", "projekt"]
    return result


def fill_disk(folder: Path, command: Warm) -> Result:
    """A disk of three megabytes on which less and less is free."""
    disk = folder.parent / "platte"
    disk.mkdir()
    call = ("run", ".", "--out", str(disk / "atlas"), "--lang", "de")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        disk.rmdir()
        return limit_files(folder, command)  # the same words, by a limit that every system knows
    try:
        results = []
        for free in FREE:
            (disk / "voll").write_bytes(bytes(DISK - free))
            results.append(command(folder, *call))
            assert [path.name for path in disk.iterdir() if not path.name.endswith(".lock")] == ["voll"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        disk.rmdir()
    assert {(result.exit, result.err) for result in results} == {(results[0].exit, results[0].err)}, results
    return results[0]


def limit_files(folder: Path, command: Warm) -> Result:
    """No file may grow beyond a limit."""
    write_atlas(folder, command)
    good = hash_files(folder.parent / "atlas")
    result = command(folder, *RUN, most=20_000)
    assert hash_files(folder.parent / "atlas") == good
    assert list_left(folder) == ["atlas", "projekt"]
    return result


def run_twice(folder: Path, command: Warm) -> Result:
    """A second run into the same folder while the first is writing."""
    with start(folder, *RUN) as first:
        wait_for(folder.parent / ".atlas.building", first)
        first.send_signal(signal.SIGSTOP)
        second = command(folder, *RUN)
        first.send_signal(signal.SIGCONT)
        assert finish(first).exit == 0
    read_atlas(folder)
    assert list_left(folder) == ["atlas", "projekt"]
    return replace(second, err=second.err.replace(str(first.pid), "4711"))


def protect_folder(folder: Path, command: Warm) -> Result:
    """Run into a folder that may be read but not written."""
    del command
    place = folder.parent / "karten"
    place.mkdir(mode=0o555)
    result = run_real(folder, "run", ".", "--out", "../karten/atlas", "--lang", "de", denied=True)
    assert list(place.iterdir()) == []
    place.chmod(0o755)
    return result


def name_at_length(folder: Path, command: Warm) -> Result:
    """A name for the output that is longer than the system allows."""
    result = command(folder, "run", ".", "--out", f"../{'langer-name-' * 30}", "--lang", "de")
    assert list_left(folder) == ["projekt"]
    return result


def lose_home(folder: Path, command: Warm) -> Result:
    """A service account: no home folder, nowhere to keep settings."""
    del command
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR", "USERPROFILE", "APPDATA")
    result = run_real(folder, *RUN, variables=dict.fromkeys(names, "/gibt/es/nicht"))
    read_atlas(folder)
    assert list_left(folder) == ["atlas", "projekt"]
    return result


def name_with_umlauts(folder: Path, command: Warm) -> Result:
    """A folder and a file with umlauts, blanks and letters taken apart, as a Mac writes them."""
    place = folder.parent / unicodedata.normalize("NFD", "Größe & Fläche (üb)")
    shutil.copytree(folder, place)
    name = "Zählung 2024 ß.csv"
    (place / "kennzahlen.csv").rename(place / name)
    text = (place / "project.toml").read_text(encoding="utf-8")
    (place / "project.toml").write_text(text.replace("kennzahlen.csv", name), encoding="utf-8")
    result = command(place, *RUN)
    read_atlas(folder)
    return result


def interrupt(folder: Path, command: Warm) -> Result:
    """Ctrl-C while writing over the last result."""
    write_atlas(folder, command)
    good = hash_files(folder.parent / "atlas")
    with ThreadPoolExecutor() as pool:
        running = pool.submit(command, folder, *RUN)
        while not (folder.parent / ".atlas.building").exists():
            assert not running.done(), running.result()
        assert command.process is not None
        command.process.send_signal(signal.SIGINT)
    assert hash_files(folder.parent / "atlas") == good
    assert list_left(folder) == ["atlas", "projekt"]
    return running.result()


def change_world(folder: Path, command: Warm) -> Result:
    """Another locale, time zone, number of threads and order of sets: the same bytes."""
    write_atlas(folder, command)
    written = hash_files(folder.parent / "atlas")
    world = {"LC_ALL": "C", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "3"}
    result = run_real(folder, *RUN, variables=world)
    assert hash_files(folder.parent / "atlas") == written
    return result


def change_input(folder: Path, command: Warm) -> Result:
    """A table that is saved again while it is read."""
    table = folder / "kennzahlen.csv"
    text = table.read_text(encoding="utf-8")
    result = command(
        folder, "check", ".", "--lang", "de",
        changing={"file": str(table), "text": text, "value": "41,5", "opened": "0"},
    )  # fmt: skip
    assert table.read_text(encoding="utf-8") != text
    table.write_text(text, encoding="utf-8")
    return result


PLAYS: Mapping[str, Callable[[Path, Warm], Result]] = {
    "038_locked_geopackage": lock_geopackage,
    "085_names_like_formulas": find_formulas,
    "086_markup_in_names": find_markup,
    "087_links_that_run": find_links,
    "088_names_as_paths": find_paths,
    "089_template_in_names": find_templates,
    "091_secret_in_address": find_secrets,
    "092_small_counts": find_small_counts,
    "096_hidden_attributes": find_hidden_columns,
    "097_crash_in_mid_write": kill_in_mid_write,
    "098_disk_full": fill_disk,
    "098_file_size_limit": limit_files,
    "099_two_runs_at_once": run_twice,
    "100_geopackage_open": open_geopackage,
    "101_long_name": name_at_length,
    "101_no_home": lose_home,
    "101_read_only_folder": protect_folder,
    "101_umlauts_in_paths": name_with_umlauts,
    "102_interrupted": interrupt,
    "103_clock_and_locale": change_world,
    "104_changed_while_read": change_input,
}
"""What is done with a row, by the name of its folder."""
