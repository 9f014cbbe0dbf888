"""The data check counts what the files brought, and nothing that was made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.quality import describe_quality
from tests.specimen import NAMES, write_specimen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_specimen(tmp_path_factory.mktemp("stadt"))


def test_counts_are_those_of_the_files(source: Path) -> None:
    told = describe_quality(run_study(open_project(source)))
    rows = [
        line.split(";")
        for name in ("kennzahlen.csv", "erfunden.csv")
        for line in (source / name).read_text(encoding="utf-8").splitlines()[1:]
    ]
    offers = (source / "angebote.csv").read_text(encoding="utf-8").splitlines()[1:]
    counts = {name: int(n) for name, n in re.findall(r"^(\w+): (\d+)$", told, re.MULTILINE)}
    assert counts == {
        "Quartiere": len(NAMES),
        "Kennzahlen": len({row[1] for row in rows}),
        "Werte": len(rows),
        "Jahre": len({row[2] for row in rows}),
        "Angebote": len(offers),
    }
    statuses = {name: int(n) for name, n in re.findall(r"^  ([^:\d\n]+): (\d+)$", told, re.MULTILINE)}
    assert sum(statuses.values()) == len(rows)
    assert statuses["geschätzt"] == 1
    for name in ("quartiere.geojson", "kennzahlen.csv", "erfunden.csv", "angebote.csv", "zellen.csv"):
        assert f"  {name}" in told
