"""Who loses the last offer under a supposed shock, as an indicator of a study."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sro_geo.disclose.reached import hide_people
from sro_geo.errors import Place
from sro_geo.model.indicators import Indicators
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.reach import code_shock
from sro_geo.model.scores import INDEX
from sro_geo.model.status import ESTIMATED, OBSERVED, SUPPRESSED
from sro_geo.model.study import CITY
from sro_geo.pipeline.losing import describe_lost, share_lost
from sro_geo.pipeline.scoring import score_study
from sro_geo.pipeline.supposing import suppose_all
from sro_geo.project.values import ShockOrder
from sro_geo.report.derivation import explain_value
from sro_geo.report.pooled import explain_area

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.model.study import Study
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

    Given = tuple[Project, Tables, Measured]

KITA, CODE = "kindertageseinrichtung", code_shock(1)
ORDER = ShockOrder(
    kind=KITA, minutes=10.0, close_offers=(), close_providers=(), fewer_places=0.0, more_persons=0.0,
    place=Place(file="project.toml", row=7), code="annahme_1",
)  # fmt: skip


def suppose(given: Given, **asked: Any) -> Given:
    return replace(given[0], suppose=(replace(ORDER, **asked),)), given[1], given[2]


def share(given: Given, **asked: Any) -> pd.DataFrame:
    told = suppose(given, **asked)
    return share_lost(*told, suppose_all(*told, {})).set_index("quarter_id")


def list_offers(given: Given) -> tuple[str, ...]:
    return tuple(given[2].reaches[KITA].offer_ids)


def test_a_share_is_made_of_two_shown_numbers(musterstadt_measured: Given) -> None:
    told = suppose(musterstadt_measured, close_offers=list_offers(musterstadt_measured)[::2])
    table = suppose_all(*told, {})
    rows = share_lost(*told, table).set_index("quarter_id")
    lose = table.dropna(subset=["quarter_id"]).set_index("quarter_id")["lose"]
    persons = told[2].coverages[KITA].table.query("minutes == 10").set_index("quarter_id")["persons"]
    assert set(rows.index) == set(told[1].quarters.index)
    assert lose.isna().any()
    assert rows["value"].isna().equals(lose.reindex(rows.index).isna())
    assert set(rows.loc[rows["value"].isna(), "status"]) == {SUPPRESSED}
    assert rows["value"].to_numpy() == pytest.approx((100 * lose / persons).reindex(rows.index), nan_ok=True)
    assert rows["denominator"].to_numpy() == pytest.approx(persons.reindex(rows.index))
    width = (rows["high"] - rows["low"]) * rows["denominator"] / 100
    assert width[rows["value"] > 0].to_numpy() == pytest.approx(10)  # a ten
    assert set(rows.loc[rows["value"] > 0, "status"]) == {ESTIMATED}
    assert set(rows.loc[rows["value"] == 0, "status"]) == {OBSERVED}
    assert (width[rows["value"] == 0] == 0).all()


def test_the_true_share_lies_within_and_none_is_over_100(musterstadt_measured: Given) -> None:
    """All day-care centres close: who reached one loses it."""
    rows = share(musterstadt_measured, close_offers=list_offers(musterstadt_measured))
    true = musterstadt_measured[2].true[KITA].table.query("minutes == 10").set_index("quarter_id")
    lost = (100 * true["reached"] / true["persons"]).reindex(rows.index)[rows["value"].notna()]
    known = rows[rows["value"].notna()]
    assert len(known) > 3
    assert (known["value"] > 0).any()
    assert ((known["low"] <= lost + 1e-9) & (lost <= known["high"] + 1e-9)).all()
    assert known["high"].max() <= 100
    assert (known["numerator"] <= known["denominator"]).all()


@pytest.mark.parametrize("persons", [28.0, 34.0])
def test_where_all_lose_it_they_are_all_and_no_more(musterstadt_measured: Given, persons: float) -> None:
    """28 in tens are 30, and 34 are 30: the second is a share within bounds, the first is all."""
    told = suppose(musterstadt_measured, close_offers=("Kita Nordtor",))
    coverage = told[2].coverages[KITA]
    few = replace(coverage, table=coverage.table.assign(persons=persons))
    table = suppose_all(*told, {})
    rows = share_lost(
        told[0], told[1], replace(told[2], coverages={KITA: few}), table.assign(lose=30.0, status=OBSERVED)
    )
    assert rows["value"].to_numpy() == pytest.approx(min(100, 3000 / persons))
    assert rows["high"].to_numpy() == pytest.approx(100)
    assert rows["low"].to_numpy() == pytest.approx(2500 / persons)


def test_one_more_closure_never_takes_less(musterstadt_measured: Given) -> None:
    """But for the rounding: what is possible with fewer closures is no more than what is possible with more."""
    offers = list_offers(musterstadt_measured)
    steps = [share(musterstadt_measured, close_offers=offers[:n]) for n in (1, 6, len(offers))]
    for less, more in pairwise(steps):
        both = less["value"].notna() & more["value"].notna()
        assert (less["value"] < more["value"])[both].any()
        assert (less["low"] <= more["high"])[both].all()


def test_without_a_closure_there_is_no_share(musterstadt_measured: Given) -> None:
    told = suppose(musterstadt_measured, fewer_places=0.5)
    assert share_lost(*told, suppose_all(*told, {})).empty
    assert describe_lost(*told) == {}


def test_a_closure_out_of_reach_takes_nothing(musterstadt_measured: Given) -> None:
    """Its pairs are taken away beforehand: nobody has it in reach, and it closes."""
    project, tables, found = musterstadt_measured
    reach, offer = found.reaches[KITA], list_offers(musterstadt_measured)[0]
    alone = replace(reach, pairs=reach.pairs[reach.pairs["offer_id"] != offer].reset_index(drop=True))
    rows = share((project, tables, replace(found, reaches={**found.reaches, KITA: alone})), close_offers=(offer,))
    assert (rows[["value", "low", "high", "numerator"]] == 0).to_numpy().all()


def test_where_persons_are_withheld_there_is_no_number(musterstadt_measured: Given) -> None:
    project, tables, found = musterstadt_measured
    shown = {kind: hide_people(one, quarter_ids=["03"]) for kind, one in found.coverages.items()}
    rows = share((project, tables, replace(found, coverages=shown)), close_offers=("Kita Nordtor",))
    assert rows.loc["03", ["value", "low", "high", "numerator", "denominator"]].isna().all()
    assert rows.loc["03", "status"] == SUPPRESSED
    assert rows.drop(index="03")["value"].notna().all()


def test_it_is_called_by_what_closes(musterstadt_measured: Given) -> None:
    told = suppose(
        musterstadt_measured, close_offers=("Kita Nordtor",), more_persons=0.1, minutes=5.0, dimension="redundancy"
    )
    spec = describe_lost(*told)[CODE]
    assert spec.name == {
        "de": "Kinder unter\u00a06, die in 5\u00a0Gehminuten keine Kita mehr hätten (angenommen: Kita Nordtor schließt)",
        "en": "Children under\u00a06 with no day-care centre left within 5\u00a0minutes’ walk (supposed: Kita Nordtor closes)",
    }
    assert spec.short["de"] == "Keine Kita mehr in 5\u00a0Gehminuten (Kita Nordtor schließt)"
    assert (spec.direction, spec.dimension, spec.derived) == (-1, "redundancy", True)


def test_an_area_is_pooled_with_what_the_steps_of_its_quarters_admit(musterstadt: Study) -> None:
    own = musterstadt.select_values(CODE)
    city: Any = musterstadt.areas.set_index(["indicator", "area"]).loc[(CODE, CITY)]
    assert (own["value"] > 0).any()
    for end in ("value", "low", "high"):
        pooled = (own[end] * own["denominator"]).sum() / own["denominator"].sum()
        assert city[end] == pytest.approx(pooled)
    table = musterstadt.supposed
    told = 100 * table.loc[table["quarter_id"].isna(), "lose"].iloc[0] / own["denominator"].sum()
    half = 100 * 5 / own["denominator"].sum()
    assert city["low"] - half <= told <= city["high"] + half
    assert city["status"] == ESTIMATED


def test_it_is_told_with_its_arithmetic_and_its_files(musterstadt: Study) -> None:
    lines = explain_value(musterstadt, "03", CODE).splitlines()
    assert (
        lines[-3] == "3,48\u00a0% = 100 × 10 ÷ 287 (der Zähler ist gerundet, möglich sind 1,74\u00a0% bis 5,23\u00a0%)"
    )
    assert [line.rsplit("/", 1)[1] for line in lines[-2:]] == ["angebote.csv", "bevoelkerung_zellen.csv"]
    assert explain_value(musterstadt, "01", CODE).splitlines()[-3] == "0,00\u00a0% = 100 × 0 ÷ 142"
    told = explain_area(musterstadt, CITY, CODE)
    assert "Die Zähler der Quartiere sind gerundet; möglich sind 0,19\u00a0% bis 0,57\u00a0%." in told


def test_the_index_falls_where_more_lose_their_last_offer(musterstadt: Study, musterstadt_measured: Given) -> None:
    told = suppose(musterstadt_measured, close_offers=("Kita Nordtor",), dimension="robustness")
    assert told[0].method is not None
    method = replace(told[0].method, goalposts={**told[0].method.goalposts, CODE: (50.0, 0.0)})
    table, areas = musterstadt.indicators, musterstadt.areas
    given = table[~table["indicator"].isin([INDEX, *DIMENSIONS])]
    hit = (given["indicator"] == CODE) & (given["quarter_id"] == "03")
    way: Any = {
        "specs": {**musterstadt.specs, **describe_lost(*told)},
        "areas": areas[~areas["indicator"].isin([INDEX, *DIMENSIONS])],
        "losses": musterstadt.recovery,
    }
    found = []
    for share_ in (0.0, 10.0, 40.0):
        raised = Indicators(given.assign(**{end: given[end].mask(hit, share_) for end in ("value", "low", "high")}))
        scored = score_study(replace(told[0], method=method), told[1], raised, **way)
        assert scored.scores is not None
        found.append(scored.scores.index["score"])
    assert found[0]["03"] > found[1]["03"] > found[2]["03"]
    assert np.allclose(found[0].drop("03"), found[2].drop("03"), equal_nan=True)
