"""Both shipped studies, computed and written once."""

import os
import subprocess
import sys
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
