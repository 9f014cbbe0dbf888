"""Both shipped studies, computed and written once."""

from pathlib import Path

import pytest

from sro_geo.model.study import Study
from sro_geo.pipeline import open_project, run_study, write_study

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def studies() -> dict[str, Study]:
    return {name: run_study(open_project(ROOT / "analyses" / name)) for name in ("rostock", "musterstadt")}


@pytest.fixture(scope="session")
def folders(studies: dict[str, Study], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    parent = tmp_path_factory.mktemp("maps")
    for name, study in studies.items():
        write_study(study, folder=parent / name)
    return {name: parent / name for name in studies}
