"""Both shipped studies and the specimen, computed and drawn once for all test processes; and the German locale."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from sro_geo.model.study import Study
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from tests.specimen import write_specimen
from tests.told import Told, read_told

ROOT = Path(__file__).parents[2]
NAMES = ("rostock", "musterstadt")
SPECIMEN, SOURCE = "specimen", "specimen-source"


def find_common(factory: pytest.TempPathFactory) -> Path:
    """The folder that all test processes of this run have in common."""
    own = factory.getbasetemp()
    return own if os.environ.get("PYTEST_XDIST_WORKER") is None else own.parent


def draw_once(source: Path, *, common: Path, name: str) -> None:
    """Study and folder of a project, unless another process has made them."""
    if not (common / f"{name}.pickle").exists():
        study = run_study(open_project(source))
        write_study(study, folder=common / name)
        (common / f"{name}.pickle").write_bytes(pickle.dumps(study))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all test processes of this run have in common, with `NAME/` and `NAME.pickle` of each study.

    Each process draws what no other has begun, and waits for the rest.
    """
    common = find_common(tmp_path_factory)
    names = NAMES if os.environ.get("PYTEST_XDIST_WORKER") in (None, "gw0") else NAMES[::-1]
    for name in names:
        with FileLock(common / f"{name}.lock"):
            draw_once(ROOT / "analyses" / name, common=common, name=name)
    return common


@pytest.fixture(scope="session")
def studies(shared: Path) -> dict[str, Study]:
    return {name: pickle.loads((shared / f"{name}.pickle").read_bytes()) for name in NAMES}  # noqa: S301  our own


@pytest.fixture(scope="session")
def folders(shared: Path) -> dict[str, Path]:
    return {name: shared / name for name in NAMES}


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The specimen, written once by whichever process comes first."""
    common = find_common(tmp_path_factory)
    with FileLock(common / f"{SPECIMEN}.lock"):
        source = common / SOURCE
        if not source.exists():
            source.mkdir()
            write_specimen(source)
        draw_once(source, common=common, name=SPECIMEN)
    return load_told(common, SPECIMEN)


def find_source(specimen: Told) -> Path:
    """The project folder that the specimen was drawn from."""
    return specimen.folder.with_name(SOURCE)


@pytest.fixture(scope="session", params=[SPECIMEN, *NAMES[::-1]])
def told(request: pytest.FixtureRequest) -> Told:
    """Each study in turn, the specimen first."""
    if request.param == SPECIMEN:
        one: Told = request.getfixturevalue(SPECIMEN)
        return one
    return load_told(request.getfixturevalue("shared"), request.param)


@pytest.fixture(scope="session")
def muster(shared: Path) -> Told:
    return load_told(shared, "musterstadt")


def load_told(common: Path, name: str) -> Told:
    study = pickle.loads((common / f"{name}.pickle").read_bytes())  # noqa: S301  our own
    return read_told(name, study, common / name)


@pytest.fixture(scope="session")
def german(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables that give a process German number signs; the locale is made here, since few machines have it."""
    variables = {"LC_ALL": "de_DE.UTF-8"}
    if sys.platform == "linux":
        folder = tmp_path_factory.mktemp("locales")
        made = subprocess.run(
            ["localedef", "-i", "de_DE", "-f", "UTF-8", folder / "de_DE.UTF-8"], check=False, capture_output=True
        )
        if made.returncode and os.environ.get("CI") != "true":
            pytest.skip("no German locale can be made here (Debian: apt install locales)")
        assert made.returncode == 0, made.stderr.decode()
        variables["LOCPATH"] = str(folder)
    return variables
