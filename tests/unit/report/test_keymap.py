"""A study without any figure shows its quarters with their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.keymap import make_key_view
from tests.small_projects import CHOICES, write_project

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ("01", "02")


def test_every_quarter_is_labelled_with_its_own_key(tmp_path: Path) -> None:
    least = {**{name: choices[0] for name, choices in CHOICES.items()}, "quarters": "two", "values": "none"}
    study = run_study(open_project(write_project(tmp_path, least)))
    view = make_key_view(study)
    assert view.picture.quarter_ids == view.picture.labels == KEYS
    assert dict(view.values) == {key: key for key in KEYS}
    assert [row.quarter_id for row in view.ranking] == list(KEYS)
    assert not view.ranked
    for key in KEYS:
        assert f"Viertel {key}" in view.sentences[key]
        assert view.sentences[key].count(key) == 2
    assert [one.count for one in view.picture.classes] == [2]
