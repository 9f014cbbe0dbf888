"""The rules of the house that a machine can watch."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sro_geo

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sro_geo"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES = 300, 40
ONE_HOME = {
    "folium": "render/interactive.py",
    "matplotlib": "render/static.py",
    "rasterio": "load/rasters.py",
    "sklearn": "compare/typology.py",
}
PURE = ("compare", "coverage", "disclose", "model", "resilience")
HEAVY = (
    "pandas",
    "numpy",
    "geopandas",
    "shapely",
    "folium",
    "matplotlib",
    "rasterio",
    "sklearn",
    "scipy",
    "pydantic",
    "typer",
)


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def list_imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                assert (body[-1].end_lineno or 0) - body[0].lineno + 1 <= MOST_FUNCTION_LINES, node.name


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not [path for path in MODULES if path.stem in ("utils", "util", "helpers", "common", "misc")]


@pytest.mark.parametrize("package", sorted(ONE_HOME))
def test_heavy_packages_have_one_home(package: str) -> None:
    assert [name(path) for path in MODULES if package in list_imports(path)] == [ONE_HOME[package]]


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms_know_no_files_and_no_pictures(room: str) -> None:
    for path in (PACKAGE / room).rglob("*.py"):
        assert not list_imports(path) & {"folium", "matplotlib", "rasterio", "pathlib", "json", "tomllib"}, name(path)


def test_import_is_light() -> None:
    code = f"import sys, sro_geo; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_public_names_are_sorted_and_exist() -> None:
    assert list(sro_geo.__all__) == sorted(sro_geo.__all__)
    for public in sro_geo.__all__:
        assert getattr(sro_geo, public) is not None
    assert set(sro_geo.__all__) <= set(dir(sro_geo))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sro_geo.nothing  # type: ignore[attr-defined]  # the point


def test_the_stub_names_the_same() -> None:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    named = {
        alias.asname or alias.name for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert named == set(sro_geo.__all__)


def list_tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True, cwd=ROOT)
    return [ROOT / file for file in done.stdout.decode().split("\0") if file]


def test_nothing_names_a_machine_or_a_package_host() -> None:
    host = re.compile(
        rb"/(?:tmp|work|root)/|py"
        rb"pi\.org|python"
        rb"hosted|npm"
        rb"js\.(?:org|com)|deb\.deb"
        rb"ian"
    )
    assert [path.name for path in list_tracked() if path.is_file() and host.search(path.read_bytes())] == []


def test_the_top_level_is_the_plan() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in list_tracked()}
    assert top >= {
        "sro_geo",
        "geodata",
        "maps",
        "analyses",
        "tests",
        "pyproject.toml",
        "README.md",
        "docs",
        "scripts",
        "benchmarks",
        ".ci",
    }
    assert not {folder for folder in top if folder in ("data", "shared", "notebooks")}
