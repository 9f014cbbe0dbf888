"""A German locale."""

import os
import subprocess
import sys

import pytest


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
