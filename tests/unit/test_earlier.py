"""Earlier editions of a project: read from the folders that runs wrote, refused by name where they don't fit."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sro_geo.errors import SroGeoError
from sro_geo.pipeline.opening import list_inputs, open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from sro_geo.report.folder import prepare_place
from sro_geo.report.mark import MARK
from sro_geo.text.speaker import Speaker
from tests.small_projects import CHOICES, write_project
from tests.told import show_one

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.study import Study

HEAD = "quartier;kennzahl;jahr;wert;status\n"
THEN = ["01;alter_0_3;2023;2;", "01;alter_3_6;2023;4;", "01;alter_6_15;2023;9;", "01;alter_0_15;2023;15;"]
THEN += ["02;alter_0_3;2023;50;", "02;alter_3_6;2023;60;"]
NOW = [*THEN[:3], *THEN[4:], "01;alter_6_15;2024;9;", "02;alter_6_15;2024;80;"]


def lay(folder: Path, rows: list[str], *, setting: str = "", quarters: str = "two") -> Path:
    folder.mkdir()
    choices = {name: ways[0] for name, ways in CHOICES.items()} | {"quarters": quarters, "values": "counts"}
    write_project(folder, choices)
    (folder / "kennzahlen.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    with (folder / "project.toml").open("a", encoding="utf-8") as file:
        file.write(f"[disclosure]\n{setting}\n")
    return folder


@pytest.fixture(scope="module", params=["de", pytest.param("en", marks=pytest.mark.long)])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("edition")
    project = open_project(lay(home / "stadt", THEN), language=request.param)
    write_study(show_one(run_study(project)), folder=home / "2023")
    return home / "2023"


def run(folder: Path, edition: Path, rows: list[str], *, quarters: str = "two") -> Study:
    shutil.copytree(edition, folder / "2023")
    home = lay(folder / "stadt", rows, setting='earlier = ["../2023"]', quarters=quarters)
    text = (home / "project.toml").read_text(encoding="utf-8")
    (home / "project.toml").write_text(
        text.replace("[quarters]", '[data]\nallow = [".."]\n[quarters]'), encoding="utf-8"
    )
    return run_study(open_project(home))


def list_problems(folder: Path) -> list[str]:
    with pytest.raises(SroGeoError) as raised:
        run_study(open_project(folder))
    assert all(Speaker("en").problem(problem) for problem in raised.value.problems)
    return [Speaker("de").problem(problem) for problem in raised.value.problems]


def list_gone(study: Study) -> list[tuple[str, str, int]]:
    rows = study.indicators[study.indicators["status"] == "suppressed"]
    return list(rows[["quarter_id", "indicator", "year"]].itertuples(index=False, name=None))


def test_the_pattern_of_an_edition_is_kept(tmp_path: Path, edition: Path) -> None:
    """The total of 15 is gone from today's file. Whoever kept the edition has it."""
    alone = run_study(open_project(lay(tmp_path / "allein", NOW)))
    assert list_gone(alone) == [("01", "alter_0_3", 2023)]
    study = run(tmp_path, edition, NOW)
    assert list_gone(study) == [("01", "alter_0_3", 2023), ("01", "alter_3_6", 2023)]
    assert [source.file for source in study.sources if "2023" in source.file] == ["../2023/tables/indicators.csv"]
    assert study.audit.width == 4


def test_revised_numbers_are_noted(tmp_path: Path, edition: Path) -> None:
    study = run(tmp_path, edition, [row.replace("2023;9;", "2023;19;").replace("2023;60;", "2023;61;") for row in NOW])
    note = next(note for note in study.notes if note.cause == "earlier_revised")
    assert note.values == {"count": 2}
    assert Speaker("de").note(note) == (
        "2 Zahlen früherer Ausgaben stehen heute anders in den Dateien. "
        "Beide gelten als Verschiedenes; auf Summen, die nicht aufgehen, ruht kein Schutz."
    )


def test_an_edition_of_other_quarters_is_refused(tmp_path: Path, edition: Path) -> None:
    with pytest.raises(SroGeoError):
        run(tmp_path, edition, NOW, quarters="many")
    (told,) = list_problems(tmp_path / "stadt")
    assert told == (
        "Die frühere Ausgabe mit ../2023/tables/indicators.csv hat andere Quartiere; nur hier oder nur dort gibt es: "
        "03, 04, 05, 06. Zahlen verschiedener Gebietsstände lassen sich nicht nebeneinanderlegen.\n"
        "  Wo: ../2023/tables/indicators.csv\n"
        "  Abhilfe: Nehmen Sie die Ausgabe aus [disclosure] earlier, oder rechnen Sie beide mit denselben Grenzen und "
        "Schlüsseln."
    )


def test_an_edition_of_another_vintage_is_refused(tmp_path: Path, edition: Path) -> None:
    run(tmp_path, edition, NOW)
    project = tmp_path / "stadt" / "project.toml"
    text = project.read_text(encoding="utf-8").replace("[quarters]\n", '[quarters]\nvintage = "2024"\n')
    project.write_text(text, encoding="utf-8")
    (told,) = list_problems(tmp_path / "stadt")
    assert told == (
        "Die frühere Ausgabe mit ../2023/tables/indicators.csv hat den Gebietsstand ?, das Projekt 2024. "
        "Gleiche Schlüssel könnten dann andere Flächen meinen.\n"
        "  Wo: ../2023/tables/indicators.csv\n"
        "  Abhilfe: Nehmen Sie die Ausgabe aus [disclosure] earlier; sind die Grenzen dieselben geblieben, "
        "nennen Sie unter [quarters] denselben Gebietsstand (vintage)."
    )


def test_an_edition_that_is_not_as_it_was_written_is_refused(tmp_path: Path, edition: Path) -> None:
    run(tmp_path, edition, NOW)
    table = tmp_path / "2023" / "tables" / "indicators.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",9.0000", ",8.0000"), encoding="utf-8", newline="")
    (told,) = list_problems(tmp_path / "stadt")
    assert told == (
        "../2023/tables/indicators.csv ist anders, als der Lauf die Tabelle geschrieben hat. "
        "Was veröffentlicht wurde, ist damit nicht sicher bekannt.\n"
        "  Wo: ../2023/tables/indicators.csv\n"
        "  Abhilfe: Holen Sie die frühere Ausgabe aus einer Sicherung, oder nennen Sie sie nicht unter [disclosure] earlier."
    )
    (tmp_path / "2023" / MARK).unlink()
    (told,) = list_problems(tmp_path / "stadt")
    assert told == (
        "../2023/tables/indicators.csv liegt in keinem Ordner, den ein Lauf geschrieben hat. "
        "Nur eine Ausgabe, die vollständig und unverändert ist, sagt, was schon veröffentlicht wurde.\n"
        "  Wo: ../2023/tables/indicators.csv\n"
        "  Abhilfe: Nennen Sie unter [disclosure] earlier den Ordner der früheren Ausgabe, "
        "mit der verborgenen Datei .sro-geo.json darin."
    )
    shutil.rmtree(tmp_path / "2023")
    (problem,) = list_problems(tmp_path / "stadt")
    assert problem.startswith("Die Datei ../2023/tables/indicators.csv")
    assert "project.toml, Zeile" in problem


def test_an_edition_stays_in_the_fence_and_is_never_replaced(tmp_path: Path, edition: Path) -> None:
    run(tmp_path, edition, NOW)
    project = tmp_path / "stadt" / "project.toml"
    with pytest.raises(SroGeoError, match="folder_holds_inputs"):
        prepare_place(tmp_path / "2023", keep_out=list_inputs(open_project(project), path=project))
    project.write_text(project.read_text(encoding="utf-8").replace('allow = [".."]', "allow = []"), encoding="utf-8")
    with pytest.raises(SroGeoError, match="file_outside"):
        open_project(project)
