"""A disk that fills up while the GeoPackage is written: in a process of its own, which may write so many bytes to a file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

WRITE = """
import json, resource, sys
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd

from sro_geo.errors import ProjectError
from sro_geo.report import geopackage
from sro_geo.report.folder import publish_folder

points = gpd.GeoDataFrame({"name": ["x" * 50] * 300}, geometry=gpd.points_from_xy(range(300), range(300)), crs=25833)
geopackage._list_layers = lambda *_: {"quartiere": points, "angebote": points}
picture = SimpleNamespace(title="Karte", classes=(), unknown=())


def publish(name, most):
    folder = Path(sys.argv[1]) / name / "rostock"
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        publish_folder(
            folder,
            write=lambda building: geopackage.write_geopackage(
                None, building / "study.gpkg", ground=None, picture=picture
            ),
        )
    except ProjectError as error:
        return [(problem.cause, problem.values["reason"]) for problem in error.problems]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return (folder / "study.gpkg").stat().st_size


size = publish("frei", resource.RLIM_INFINITY)
told = {most: publish("voll", most) for most in range(500, size, 3000)}
print(json.dumps([size, publish("knapp", size), told]))
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="the limit is not there")
def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WRITE, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    size, just_enough, told = json.loads(done.stdout)
    assert size == just_enough > 100_000
    assert len(told) > 30
    for most, problems in told.items():
        assert problems == [["folder_not_written", "File too large"]], most
    assert sorted(path.name for path in tmp_path.iterdir()) == ["frei", "knapp"]
