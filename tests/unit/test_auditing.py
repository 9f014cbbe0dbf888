"""The audit within a run: what is told of it, and that a run stops where a small count would follow."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.cli import main
from sro_geo.disclose.reached import MEANS
from sro_geo.errors import ProjectError
from sro_geo.model.study import Audited
from sro_geo.pipeline.auditing import pass_audit
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.protocol import format_protocol
from sro_geo.text.speaker import Speaker
from tests.load_data import SOUTH, WEST
from tests.small_projects import CHOICES, write_project, write_small_counts

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.model.study import Study

ROOT = Path(__file__).parents[2]


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.fixture
def audited(musterstadt: Study, musterstadt_record: pd.DataFrame) -> tuple[Study, pd.DataFrame]:
    return musterstadt, musterstadt_record


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_counts(tmp_path / "stadt")


def test_musterstadt_withholds_two_age_groups_of_gartenfeld(audited: tuple[Study, pd.DataFrame]) -> None:
    _, record = audited
    own = record[(record["quarter_id"] == "04") & (record["year"] == 2008)].set_index("indicator")
    assert own.loc[["alter_0_3", "alter_3_6"], ["low", "high"]].to_numpy().tolist() == [[1, 5], [1, 5]]
    assert own.loc[["alter_0_3", "alter_3_6"], "reason"].tolist() == ["small", "protects"]
    assert own.loc[["alter_0_3"], ["name", "title"]].to_numpy().tolist() == [["Gartenfeld", "Kinder unter\u00a03"]]
    assert set(record["reason"]) == {"small", "protects", "source"}
    assert not record["safe"].eq(False).any()  # noqa: FBT003  a value
    assert record["exact"].all()


def test_reach_is_audited_with_what_is_given(audited: tuple[Study, pd.DataFrame]) -> None:
    study, record = audited
    gone = study.indicators[(study.indicators["status"] == "suppressed") & (study.indicators["source"] == "computed")]
    reached = gone[gone["indicator"].str.startswith("ohne_")]
    assert len(reached) > 2
    told = set(record[["quarter_id", "indicator"]].itertuples(index=False, name=None))
    assert set(reached[["quarter_id", "indicator"]].itertuples(index=False, name=None)) <= told


def test_the_study_keeps_two_numbers_of_it(audited: tuple[Study, pd.DataFrame]) -> None:
    study, record = audited
    assert study.audit == Audited(withheld=len(record), width=3)  # 1 to 4 children of Gartenfeld in 2012


def test_without_a_small_count_there_is_no_width(audited: tuple[Study, pd.DataFrame]) -> None:
    _, record = audited
    assert pass_audit(record.head(0)) == Audited(withheld=0, width=None)
    assert pass_audit(record[record["reason"] != "small"]).width is None


def test_an_audit_that_is_not_passed_names_the_cell_and_not_the_count(audited: tuple[Study, pd.DataFrame]) -> None:
    _, record = audited
    opened = record.assign(safe=record["safe"].where(record["year"] != 2008, other=False))
    opened = opened[(opened["year"] != 2008) | (opened["indicator"] == "alter_0_3")]
    with pytest.raises(ProjectError) as raised:
        pass_audit(opened)
    told = Speaker("de").problem(raised.value.problems[0])
    assert told.startswith(
        "Aus dem, was gezeigt würde, ließe sich 1 kleine Anzahl ausrechnen: Gartenfeld, Kinder unter\u00a03 (2008)."
    )


def test_the_command_writes_the_table_and_nothing_else(
    tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("audit", "stadt", "--table", "pruefung.csv") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'pruefung.csv'}\n"
    assert {path.name for path in tmp_path.iterdir()} == {"pruefung.csv", "stadt"}
    with (tmp_path / "pruefung.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["grund"] for row in rows} == {"klein", "schützt andere", "in der Datei geheim"}
    assert call("audit", "stadt", "--table", "maps/stadt/pruefung.csv") == 2
    assert "läge in einem Ordner für Ergebnisse: stadt" in capsys.readouterr().err
    assert call("audit", "stadt", "--table", str(small / "project.toml")) == 2
    assert "project.toml" in capsys.readouterr().err


@pytest.mark.usefixtures("small")
def test_a_run_whose_protection_fails_stops_before_it_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The protection is broken on purpose: it takes out what is small and nothing beside it."""

    def withhold_small_alone(block: Any, *, smallest: int) -> set[str]:  # noqa: ARG001  as the real one
        return set(block.withheld)

    monkeypatch.setattr("sro_geo.disclose.primary._withhold", withhold_small_alone)
    monkeypatch.chdir(tmp_path)
    assert call("run", "stadt") == 2
    told = capsys.readouterr().err
    assert "Viertel 01, Kinder unter\u00a03 (2024)" in told
    assert [path.name for path in tmp_path.iterdir()] == ["stadt"]
    assert call("audit", "stadt", "--table", "pruefung.csv") == 2
    assert re.search(r"01,Viertel 01,alter_0_3,.*,2,2,ja,klein,nein", (tmp_path / "pruefung.csv").read_text("utf-8"))


def test_a_run_stops_where_a_total_gives_a_count_away(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: every total is released, whatever it tells."""
    monkeypatch.setattr(
        "sro_geo.pipeline.totals.release_totals",
        lambda *_, wanted, **__: frozenset((code, area) for code, members in wanted.items() for area in members),
    )
    kept: list[pd.DataFrame] = []
    with pytest.raises(ProjectError) as raised:
        run_study(open_project(small), keep=kept.append)
    assert raised.value.problems[0].cause == "audit_failed"
    opened = kept[0][kept[0]["safe"].eq(False)]  # noqa: FBT003  a value
    assert set(opened["quarter_id"]) == {"01"}
    assert set(opened["indicator"]) == {"alter_0_3"}


def test_a_run_stops_where_a_mean_number_of_offers_gives_a_count_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken on purpose: the mean stays as it is beside a withheld count."""
    folder = tmp_path / "stadt"
    folder.mkdir()
    least = {name: choices[0] for name, choices in CHOICES.items()}
    write_project(folder, {**least, "quarters": "one", "offers": "some", "population": "cells", "coverage": "yes"})
    cells = f"a,{WEST + 500},{SOUTH + 500},0-6,118\nb,{WEST + 990},{SOUTH + 990},0-6,2\n"
    (folder / "zellen.csv").write_text(f"zelle,ost,nord,altersgruppe,personen\n{cells}", encoding="utf-8")
    run_study(open_project(folder))
    monkeypatch.setattr("sro_geo.disclose.reached.round_means", lambda table, **_: table[[*MEANS]])
    with pytest.raises(ProjectError) as raised:
        run_study(open_project(folder))
    assert raised.value.problems[0].cause == "audit_failed"


def test_the_audit_knows_what_totals_tell(audited: tuple[Study, pd.DataFrame]) -> None:
    """Without one, between 1 and 133 of Bahnhofsviertel's children would have no day-care centre in 10 minutes."""
    _, record = audited
    row = record[(record["quarter_id"] == "03") & (record["indicator"] == "ohne_kindertageseinrichtung_10")]
    assert row["high"].iloc[0] < 133


def test_true_counts_are_seen_by_totals_and_audit_alone() -> None:
    """The fields `true` and `secret` hold them: filled where they are read and measured, read in these modules."""
    users = [
        path.relative_to(ROOT / "sro_geo").as_posix()
        for path in sorted((ROOT / "sro_geo").rglob("*.py"))
        if re.search(r"\.(?:secret|true)\b", path.read_text(encoding="utf-8"))
    ]
    assert users == ["pipeline/areas.py", "pipeline/auditing.py", "pipeline/measuring.py", "pipeline/totals.py"]


@pytest.mark.parametrize(("setting", "ends"), [("", (0, 24)), ('[disclosure]\nsource_secret = "small"\n', (1, 2))])
def test_a_project_may_say_that_what_a_file_withholds_is_small(
    small: Path, setting: str, ends: tuple[int, int]
) -> None:
    project = small / "project.toml"
    project.write_text(project.read_text(encoding="utf-8") + setting, encoding="utf-8")
    kept: list[pd.DataFrame] = []
    run_study(open_project(project), keep=kept.append)
    source = kept[0][kept[0]["reason"] == "source"]
    assert source[["low", "high", "safe"]].to_numpy().tolist() == [[*ends, True]]


def test_the_protocol_tells_no_reasons(audited: tuple[Study, pd.DataFrame]) -> None:
    study, record = audited
    told = json.loads(format_protocol(study, digests={}))["audit"]
    assert told == {"passed": True, "withheld": len(record), "smallest_width": 3}
