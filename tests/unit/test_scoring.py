"""Recovery's scale, where the project does not state it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from tests.specimen import write_specimen

if TYPE_CHECKING:
    from pathlib import Path


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
