"""No withheld count stands in any table of a study or in any file, nor follows from the numbers beside it."""

from __future__ import annotations

import math
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.errors import ProjectError
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.indicators import read_indicators
from sro_geo.model.ages import AgeGroup, find_bands, parse_age_group
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.study import Audited
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.explanation import explain_quarter
from tests.attacker_texts import list_strange
from tests.leaks import write_page
from tests.specimen import CHILDREN, FEW, NAMES, PEOPLE, SUPPORTED
from tests.told import read_check, read_written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.told import Told

ROOT = Path(__file__).parents[2]
KNOWN = ["observed", "estimated", "not_hit"]
RATE = 100 * (SUPPORTED[FEW][-1] or 0) / CHILDREN[FEW]
CANARIES = {
    "share of two": RATE,
    "its points": 100 * (60 - RATE) / 60,
    "share of all but two": 2500 / 27,
    "places for each of two": 27 / PEOPLE[FEW][0],
    "places for a hundred of two": 2700 / PEOPLE[FEW][0],
}
"""What could be told of the one or two persons of a quarter: numbers that come from nothing else."""


def is_small(counts: Any, smallest: int) -> Any:
    numbers = np.asarray(counts, dtype=float)
    with np.errstate(invalid="ignore"):
        return (numbers >= 0.5) & (numbers < smallest - 1e-6)


def find_small_values(rows: pd.DataFrame, told: Told, *, smallest: int) -> pd.DataFrame:
    """Rows of an indicator table from which a count of persons follows that is small."""
    specs = told.study.specs
    unit = rows["indicator"].map(lambda code: specs[code].unit)
    plain = ~rows["indicator"].map(lambda code: specs[code].signed).astype(bool)
    people = plain & ~rows["indicator"].map(lambda code: specs[code].derived and specs[code].unit == "per_100")
    above, below = rows["numerator"].astype(float), rows["denominator"].astype(float)
    implied = (rows["value"].astype(float) * below / unit.map(UNIT_FACTOR)).round()
    above = above.where(above.notna(), implied)
    bad = (unit == "persons") & plain & is_small(rows["value"], smallest)
    bad |= unit.isin(["percent", "per_1000", "per_100"]) & people & is_small(above, smallest)
    bad |= (unit == "percent") & people & is_small(below - above, smallest)
    bad |= ~unit.isin(["per_km2", "offers"]) & is_small(below, smallest)
    found: pd.DataFrame = rows[bad]
    return found


def find_small_reach(rows: pd.DataFrame, *, smallest: int) -> list[str]:
    """Quarters and kinds in which a number of persons within, between or beyond limits is small."""
    found = []
    for (kind, quarter), own in rows.groupby(["kind", "quarter_id"]):
        persons = own["persons"].astype(float)
        counts = sorted({0.0, *own["reached"].astype(float).dropna(), *persons.dropna()})
        if is_small(persons, smallest).any() or is_small(np.diff(counts), smallest).any():
            found.append(f"{kind} {quarter}")
    return found


HEADS = {
    "quartier": "quarter_id", "kennzahl": "indicator", "wert": "value", "zaehler": "numerator", "nenner": "denominator",
    "angebotsart": "kind", "erreicht": "reached", "menschen": "persons", "plaetze": "places", "plaetze_je_person": "rate",
}  # fmt: skip
"""Names of the model by the written heads."""


def read_frame(told: Told, name: str) -> pd.DataFrame:
    """A written table under the names of the model."""
    named = pd.DataFrame(told.read_table(name)).rename(columns=HEADS)
    numbers = [c for c in ("value", "numerator", "denominator", "reached", "persons", "places", "rate") if c in named]
    return named.assign(**{column: pd.to_numeric(named[column]) for column in numbers})


def test_no_table_tells_a_small_count(told: Told) -> None:
    smallest = told.study.about.smallest
    for rows in (told.study.indicators, read_frame(told, "indicators")):
        assert find_small_values(rows, told, smallest=smallest).empty
    tables = [c.table.assign(kind=kind) for kind, c in told.study.coverages.items()]
    for rows in (pd.concat(tables), read_frame(told, "coverage")):
        assert find_small_reach(rows, smallest=smallest) == []
    supplies = [s.table for s in told.study.supplies.values()]
    for rows in (*supplies, read_frame(told, "supply")):
        assert not is_small(rows["persons"], smallest).any()
        with np.errstate(divide="ignore", invalid="ignore"):
            assert not is_small(rows["places"] / rows["rate"], smallest).any()


def test_the_check_itself_finds_a_small_count(specimen: Told) -> None:
    rows = specimen.study.indicators
    assert len(find_small_values(rows.assign(value=2.0), specimen, smallest=3)) >= 30
    assert len(find_small_values(rows.assign(numerator=2.0), specimen, smallest=3)) >= 30
    table = specimen.study.coverages["kindertageseinrichtung"].table.assign(kind="kita")
    assert find_small_reach(table.assign(reached=table["persons"] - 2), smallest=3)


def test_no_total_gives_its_one_withheld_part_away(told: Told) -> None:
    rows, checked = told.study.indicators.set_index(["quarter_id", "year", "indicator"]), 0
    ages = {code: parse_age_group(spec.age_group) for code, spec in told.study.specs.items() if spec.age_group}
    ages["bevoelkerung"] = AgeGroup(0, math.inf)
    for (quarter, year), own in rows.groupby(level=["quarter_id", "year"]):
        status = own.droplevel(["quarter_id", "year"])["status"]
        there = {age: code for code, age in ages.items() if code in status.index}
        for whole, code in there.items():
            chain = find_bands(whole, [age for age in there if age != whole]) or ()
            if chain and status[code] in KNOWN:
                gone = [status[there[age]] for age in chain if status[there[age]] not in KNOWN]
                assert gone != ["suppressed"], (quarter, year, code)
                checked += 1
    assert checked >= 5 or told.name == "rostock"


@pytest.mark.parametrize("name", ["specimen", "musterstadt"])
def test_every_small_count_of_the_files_is_withheld_in_the_study(request: pytest.FixtureRequest, name: str) -> None:
    """And whatever number it has there stands under no other code in that quarter and year."""
    told: Told = request.getfixturevalue("specimen" if name == "specimen" else "muster")
    folder = told.folder.parent / "specimen-source" if name == "specimen" else ROOT / "analyses" / name
    project = open_project(folder)
    ids = list(read_boundaries(project.quarters).quarters.index)
    given = read_indicators(project.indicators, specs=told.study.specs, quarter_ids=ids).indicators
    small = find_small_values(given, told, smallest=project.smallest)
    keys = ["quarter_id", "indicator", "year"]
    shown = told.study.indicators.set_index(keys)
    assert len(small) >= 10
    lines: list[Any] = list(small[keys].itertuples(index=False, name=None))
    for key in lines:
        assert shown.loc[key, "status"] == "suppressed", key
        assert shown.loc[key, ["value", "low", "high", "numerator"]].isna().all(), key
    gone = set(shown.index[shown["status"] == "suppressed"])
    for row in given.query("indicator == 'bevoelkerung' and value > 0").to_dict("records"):
        if tuple(row[key] for key in keys) in gone:
            rows = told.study.indicators
            beside = rows[(rows["quarter_id"] == row["quarter_id"]) & (rows["year"] == row["year"])]
            assert not (beside[["value", "numerator", "denominator"]] == row["value"]).any(axis=None), row


def test_city_and_groups_add_up_to_what_is_shown(told: Told) -> None:
    """A sum over more than the shown quarters would tell the withheld one by subtraction."""
    study, now = told.study, told.study.indicators[told.study.indicators["year"] == told.study.about.year]
    inside = study.groups[str(study.about.group)]
    sides: Any = study.comparison.set_index("indicator")
    for code in now["indicator"].unique():
        rows = now[now["indicator"] == code]
        if study.specs[code].unit not in ("persons", "number"):
            continue
        known = rows[rows["status"].isin(KNOWN)].set_index("quarter_id")["value"]
        group = known[known.index.isin(inside)].sum()
        for found, expected in (
            (study.city.loc[code, "value"], known.sum()),
            (sides.loc[code, "group"], group),
            (sides.loc[code, "rest"], known.sum() - group),
        ):
            assert pd.isna(found) or found == pytest.approx(expected, abs=1e-9), code


def list_frames(value: object) -> Iterator[pd.DataFrame]:
    """Every table within a study, however deep."""
    if isinstance(value, pd.DataFrame):
        yield value.reset_index()
    elif isinstance(value, dict):
        for one in value.values():
            yield from list_frames(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from list_frames(getattr(value, field.name))


def test_no_table_of_the_study_holds_a_canary(specimen: Told) -> None:
    frames = list(list_frames(specimen.study))
    assert len(frames) >= 12
    for frame in frames:
        numbers = frame.select_dtypes("number").astype(float)
        for name, canary in CANARIES.items():
            assert not ((numbers - canary).abs() < 5e-5).any(axis=None), (name, list(frame.columns))


def list_texts(told: Told) -> Mapping[str, str]:
    """Everything that is written or printed, as text by name."""
    texts = {"quality": read_check(told.folder.parent / "specimen-source")}
    texts |= read_written(told.folder)
    texts |= {f"explain {key}": explain_quarter(told.study, quarter=key) for key in NAMES}
    return texts


def test_no_file_holds_a_canary(specimen: Told) -> None:
    texts = list_texts(specimen)
    assert {
        "index.html",
        "tables/indicators.csv",
        "tables.xlsx",
        "study.gpkg",
        "protocol.json",
        "figures/arbeitslose.svg",
        "steckbriefe/05-kleinfeld.pdf",
    } <= set(texts)
    forms = {f"{canary:.{digits}f}" for canary in CANARIES.values() for digits in (2, 3, 4)}
    spelled = [re.escape(one) for form in forms for one in (form, form.replace(".", ","))]
    pattern = re.compile(rf"(?<![\d.,])(?:{'|'.join(sorted(spelled, key=len, reverse=True))})0*(?![\d,]|\.\d)")
    assert [bool(pattern.search(text)) for text in ("6,45;", "16,45")] == [True, False]
    for file, text in texts.items():
        near = [text[max(0, m.start() - 60) : m.end() + 30] for m in pattern.finditer(text)]
        assert not near, (file, near)


def test_what_is_rounded_beside_a_withheld_count_is_an_interval_everywhere(specimen: Told) -> None:
    """Two of 80 children of Hafen (Nord) reach no day-care centre in ten minutes."""
    study = specimen.study
    table: Any = study.coverages["kindertageseinrichtung"].table.set_index(["quarter_id", "minutes"])
    own = table.loc[("02", 10.0)]
    assert pd.isna(own["reached"])
    assert own["mean_offers"] == round(own["mean_offers"], 1)
    assert (own["mean_low"], own["mean_high"]) == pytest.approx((own["mean_offers"] - 0.05, own["mean_offers"] + 0.05))
    rows: Any = study.indicators.set_index(["indicator", "quarter_id", "year"])
    value = rows.loc[("angebote_in_reichweite", "02", 2024)]
    assert (value["status"], value["low"], value["high"]) == ("estimated", own["mean_low"], own["mean_high"])
    assert study.scores is not None
    score: Any = study.scores.index.loc["02"]
    assert score["worst"] < score["score"] < score["best"]
    assert rows.loc[("ohne_kindertageseinrichtung_10", "02", 2024), "status"] == "suppressed"


@pytest.mark.long
def test_a_second_lock_holds_where_the_first_one_fails(specimen: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Computed shares pass the same protection as given ones, even if reach came in unprotected.

    What they withhold then follows from the totals, of which nothing was lost: there the audit is the third lock.
    """
    monkeypatch.setattr("sro_geo.pipeline.measuring.suppress_coverage", lambda coverage, **_: coverage)
    monkeypatch.setattr("sro_geo.pipeline.measuring.suppress_supply", lambda supply, **_: supply)
    project = open_project(specimen.folder.parent / "specimen-source")
    with pytest.raises(ProjectError, match="audit_failed"):
        run_study(project)
    monkeypatch.setattr("sro_geo.pipeline.study.pass_audit", lambda _: Audited(withheld=0, width=None))
    study = run_study(project)
    assert find_small_reach(study.coverages["kindertageseinrichtung"].table.assign(kind="kita"), smallest=3)
    assert find_small_values(study.indicators, specimen, smallest=3).empty
    rows = study.indicators.query("indicator == 'ohne_kindertageseinrichtung_10'").set_index("quarter_id")
    assert rows.loc[["02", "05"], "status"].tolist() == ["suppressed", "suppressed"]


def _swap_names(page: Any) -> None:
    other = {"Altstadt": "Lindenhof", "Lindenhof": "Altstadt"}
    for profile in page["profiles"].values():
        profile["name"] = other.get(profile["name"], profile["name"])


def test_sheets_tell_of_a_quarter_what_the_page_tells_and_no_other_number(specimen: Told, tmp_path: Path) -> None:
    """One for each quarter; a sheet with the numbers of another quarter is found."""
    sheets = sorted((specimen.folder / "steckbriefe").iterdir())
    assert [sheet.name[:2] for sheet in sheets] == sorted(NAMES)
    assert list_strange(specimen.folder) == []
    for name in ("index.html", "protocol.json", "tables/indicators.csv", "steckbriefe/01-altstadt.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((specimen.folder / name).read_bytes())
    write_page(tmp_path, _swap_names)
    assert {place for place, *_ in list_strange(tmp_path)} == {"sheet"}
