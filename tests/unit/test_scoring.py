"""Recovery's scale, where the project does not state it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from sro_geo.pipeline.areas import count_inhabitants
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from tests.specimen import write_specimen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.long
def test_recovery_runs_from_the_deepest_fall_of_any_quarter_to_no_loss(tmp_path: Path) -> None:
    folder = write_specimen(tmp_path)
    project = folder / "project.toml"
    text = project.read_text(encoding="utf-8")
    assert "erholung = [20, 0]\n" in text
    project.write_text(text.replace("erholung = [20, 0]\n", ""), encoding="utf-8")
    study = run_study(open_project(folder))
    assert study.scales is not None
    assert study.recovery is not None
    deepest = 100 * (40 - 18) / 120  # Lindenhof, in the year of the event
    assert study.recovery["fall"].max() == pytest.approx(deepest)
    assert (study.scales.worst["erholung"], study.scales.best["erholung"]) == pytest.approx((deepest, 0.0))


def test_inhabitants_are_those_that_the_area_is_measured_with() -> None:
    """A released total holds more people than the quarters that are shown; an area of whom nobody knows says nothing."""
    rows = [
        ("bevoelkerung", "city", 900.0, None),
        ("index", "city", 50.0, None),
        ("quote", "city", 5.0, 80.0),
        ("index", "rest", 40.0, 7.0),
    ]
    areas = pd.DataFrame(rows, columns=["indicator", "area", "value", "denominator"])
    found = count_inhabitants(areas, among=areas, codes=["index"])["denominator"].tolist()
    assert found[1:3] == [900, 80]
    assert np.isnan(found[3])
    assert count_inhabitants(areas[1:], among=areas[1:], codes=["index"])["denominator"].tolist()[2] == 7
