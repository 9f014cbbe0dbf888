"""Both shipped studies and the specimen, computed once and drawn once for all test processes."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from sro_geo.pipeline.areas import list_areas
from sro_geo.pipeline.measuring import measure_offers
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.tables import read_tables
from sro_geo.pipeline.writing import write_study
from sro_geo.project import find_shipped
from tests.specimen import write_specimen
from tests.told import Told, read_told

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.model.study import Study
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

ROOT = Path(__file__).parents[1]
NAMES = ("rostock", "musterstadt")
SPECIMEN, SOURCE = "specimen", "specimen-source"


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all test processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if os.environ.get("PYTEST_XDIST_WORKER") is None else own.parent


def compute_once(common: Path, name: str) -> tuple[Study, pd.DataFrame]:
    """Study and record of what it withholds, by whichever process comes first."""
    file = common / f"{name}.pickle"
    with FileLock(common / f"{name}.lock"):
        if not file.exists():
            kept: list[pd.DataFrame] = []
            study = run_study(open_project(find_project(common, name)), keep=kept.append)
            file.write_bytes(pickle.dumps((study, *kept)))
    study, record = pickle.loads(file.read_bytes())  # noqa: S301  our own
    return study, record


def find_project(common: Path, name: str) -> Path:
    if name != SPECIMEN:
        return ROOT / "analyses" / name
    source = common / SOURCE
    if not source.exists():
        source.mkdir()
        write_specimen(source)
    return source


def draw_once(common: Path, name: str) -> Told:
    """Study with its finished folder, drawn by whichever process comes first."""
    study, _ = compute_once(common, name)
    with FileLock(common / f"{name}-drawn.lock"):
        if not (common / name).exists():
            write_study(study, folder=common / name)
    return read_told(name, study, common / name)


@pytest.fixture(scope="session")
def shared(common: Path) -> dict[str, Told]:
    """Both shipped studies; each process draws what no other has begun, and waits for the rest."""
    names = NAMES if os.environ.get("PYTEST_XDIST_WORKER") in (None, "gw0") else NAMES[::-1]
    return {name: draw_once(common, name) for name in names}


@pytest.fixture(scope="session")
def studies(shared: dict[str, Told]) -> dict[str, Study]:
    return {name: told.study for name, told in shared.items()}


@pytest.fixture(scope="session")
def folders(shared: dict[str, Told]) -> dict[str, Path]:
    return {name: told.folder for name, told in shared.items()}


@pytest.fixture(scope="session")
def specimen(common: Path) -> Told:
    """A town that has one of everything, with its folder."""
    return draw_once(common, SPECIMEN)


def find_source(specimen: Told) -> Path:
    """The project folder that the specimen was drawn from."""
    return specimen.folder.with_name(SOURCE)


@pytest.fixture(scope="session", params=[SPECIMEN, *NAMES[::-1]])
def told(request: pytest.FixtureRequest) -> Told:
    """Each study in turn, the specimen first."""
    if request.param == SPECIMEN:
        one: Told = request.getfixturevalue(SPECIMEN)
        return one
    all_: dict[str, Told] = request.getfixturevalue("shared")
    return all_[request.param]


@pytest.fixture(scope="session")
def muster(common: Path) -> Told:
    return draw_once(common, "musterstadt")


@pytest.fixture(scope="session")
def musterstadt(common: Path) -> Study:
    """The study alone, nothing drawn."""
    return compute_once(common, "musterstadt")[0]


@pytest.fixture(scope="session")
def musterstadt_tables() -> Tables:
    """What is read for it."""
    return read_tables(open_project(find_shipped("analyses/musterstadt")))


@pytest.fixture(scope="session")
def musterstadt_measured(musterstadt_tables: Tables) -> tuple[Project, Tables, Measured]:
    """What is measured of its offers."""
    project = open_project(find_shipped("analyses/musterstadt"))
    members = list_areas(project, musterstadt_tables)
    return project, musterstadt_tables, measure_offers(project, musterstadt_tables, members=members)


@pytest.fixture(scope="session")
def musterstadt_record(common: Path) -> pd.DataFrame:
    """What Musterstadt withholds, and between what it lies for a reader."""
    return compute_once(common, "musterstadt")[1]
