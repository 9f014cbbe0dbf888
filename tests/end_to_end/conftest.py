"""Both shipped studies, computed and drawn once for all test processes; and the German locale."""

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

ROOT = Path(__file__).parents[2]
NAMES = ("rostock", "musterstadt")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all test processes of this run have in common, with `NAME/` and `NAME.pickle` of each study.

    Each process draws what no other has begun, and waits for the rest.
    """
    own = tmp_path_factory.getbasetemp()
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    common = own if worker is None else own.parent
    names = NAMES if worker in (None, "gw0") else NAMES[::-1]
    for name in names:
        with FileLock(common / f"{name}.lock"):
            if not (common / f"{name}.pickle").exists():
                study = run_study(open_project(ROOT / "analyses" / name))
                write_study(study, folder=common / name)
                (common / f"{name}.pickle").write_bytes(pickle.dumps(study))
    return common


@pytest.fixture(scope="session")
def studies(shared: Path) -> dict[str, Study]:
    return {name: pickle.loads((shared / f"{name}.pickle").read_bytes()) for name in NAMES}  # noqa: S301  our own


@pytest.fixture(scope="session")
def folders(shared: Path) -> dict[str, Path]:
    return {name: shared / name for name in NAMES}


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
