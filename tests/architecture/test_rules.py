"""The rules of the house that a machine can watch."""

from __future__ import annotations

import ast
import builtins
import doctest
import inspect
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import sro_geo

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sro_geo"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted(path for folder in ("benchmarks", "geodata", "scripts") for path in (ROOT / folder).rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES = 300, 40
ONE_HOME = {
    "distributed": "pipeline/cluster.py",
    "exactextract": "load/rasters.py",
    "folium": "render/interactive.py",
    "highspy": "linear.py",
    "matplotlib": "render/paper.py",
    "opening_hours": "load/hours.py",
    "osmium": "load/osmscan.py",
    "rasterio": "load/rasters.py",
    "sklearn": "compare/typology.py",
}
PURE = ("compare", "coverage", "disclose", "model", "resilience", "statistics")
TOP = {".ci", "analyses", "benchmarks", "docs", "geodata", "maps", "scripts", "sro_geo", "tests"}
TOP_FILES = {
    ".gitattributes", ".gitignore", ".pre-commit-config.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md",
    "conftest.py", "constraints.txt", "mkdocs.yml", "package.json", "pyproject.toml", "tsconfig.json",
}  # fmt: skip
HEAVY = (
    "distributed",
    "pandas",
    "numpy",
    "geopandas",
    "shapely",
    "folium",
    "matplotlib",
    "exactextract",
    "rasterio",
    "sklearn",
    "scipy",
    "highspy",
    "numba",
    "osmium",
    "pydantic",
    "typer",
)


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def list_nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def list_imports(path: Path) -> set[str]:
    found = set()
    for node in list_nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_modules_and_functions_stay_short() -> None:
    assert len(MODULES) > 100
    assert [path for path in (*MODULES, *SCRIPTS) if len(path.read_text("utf-8").splitlines()) > MOST_LINES] == []
    long = [
        (path.relative_to(ROOT).as_posix(), node.name)
        for path in (*MODULES, *SCRIPTS)
        for node in list_nodes(path)
        if isinstance(node, ast.FunctionDef) and count_lines(node) > MOST_FUNCTION_LINES
    ]
    assert long == []


def count_lines(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not [path for path in MODULES if path.stem in ("utils", "util", "helpers", "common", "misc")]


def test_heavy_packages_have_one_home() -> None:
    homes = {package: [name(path) for path in MODULES if package in list_imports(path)] for package in ONE_HOME}
    assert homes == {package: [home] for package, home in ONE_HOME.items()}


def test_only_kernels_are_compiled() -> None:
    assert all(path.name.endswith("_kernels.py") for path in MODULES if "numba" in list_imports(path))


def test_no_pure_room_is_left_out_of_its_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contract = next(one for one in settings["contracts"] if one["id"] == "pure")
    assert contract["source_modules"] == [f"sro_geo.{room}" for room in PURE if (PACKAGE / room).is_dir()]


def test_what_is_declared_is_what_is_imported() -> None:
    """Leaflet's files are read as data; branca's Jinja is its own to declare."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    homes = packages_distributions()
    imported = {name for path in MODULES for name in list_imports(path)} - set(sys.stdlib_module_names) - {"sro_geo"}
    used = {homes[name][0].lower().replace("_", "-") for name in imported} - {"pydantic-core"}
    assert {re.split(r"[<>=~ ]", one)[0] for one in declared} == used | {"django-js-lib-leaflet"}


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


def list_unmade(code: str) -> set[str]:
    """Names that a piece of code uses and neither imports nor makes."""
    nodes = list(ast.walk(ast.parse(code)))
    aliases = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    made = {alias.asname or alias.name for alias in aliases}
    made |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in nodes if isinstance(node, ast.ExceptHandler) and node.name}
    return {node.id for node in nodes if isinstance(node, ast.Name)} - made - set(dir(builtins))


@pytest.mark.parametrize("public", sro_geo.__all__)
def test_every_public_name_has_an_example_on_musterstadt(public: str) -> None:
    """It can be copied whole: doctest knows the names of the module and would miss an import that a reader needs."""
    named = getattr(sro_geo, public)
    examples = doctest.DocTestParser().get_examples(inspect.getdoc(named) or "")
    code = "".join(example.source for example in examples)
    shown = "".join(example.want for example in examples)
    assert "musterstadt" in code
    assert shown
    assert not any(doctest.SKIP in example.options for example in examples)
    assert list_unmade(code) == set()
    if inspect.isfunction(named):
        assert f"{public}(" in code
    else:  # a problem or a place is met in a result, seldom made by hand
        assert public in code + shown


def test_an_example_without_its_import_is_seen() -> None:
    assert list_unmade("from sro_geo import read_project\nplace = read_project(find_shipped('x')).place") == {
        "find_shipped"
    }


def list_tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True, cwd=ROOT)
    return [ROOT / file for file in done.stdout.decode().split("\0") if file]


def test_nothing_names_a_machine_or_a_package_host() -> None:
    # the sign before it tells a path from the inside of an address or of an embedded picture
    told = re.compile(
        rb"(?<![\w+/.-])/(?:home|opt|root|tmp|work|Users)/|py"
        rb"pi\.org|python"
        rb"hosted|npm"
        rb"js\.(?:org|com)|deb\.deb"
        rb"ian"
    )
    assert [path.name for path in list_tracked() if path.is_file() and told.search(path.read_bytes())] == []


def test_the_top_level_is_the_plan() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in list_tracked() if path.parent != ROOT} == TOP
    assert {path.name for path in list_tracked() if path.parent == ROOT} == TOP_FILES, "some program's leftovers?"


def test_the_reference_holds_every_public_function() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").glob("*.md"))
    told = {line.split(".")[-1] for line in pages.splitlines() if line.startswith("::: ")}
    assert told == set(sro_geo.__all__)
