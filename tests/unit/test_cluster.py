"""Walks on a cluster: a real scheduler and two real workers, each a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sro_geo.coverage import tiles
from sro_geo.errors import ProjectError
from sro_geo.pipeline import cluster
from sro_geo.pipeline.cluster import join_cluster
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.tables import read_tables
from sro_geo.pipeline.walking import choose_way
from sro_geo.project import find_shipped, read_project
from sro_geo.report.tables import format_csv, list_tables
from sro_geo.text.speaker import Speaker
from tests.osm_data import walk_musterstadt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.project import Project


@pytest.fixture
def machines() -> Iterator[list[subprocess.Popen[str]]]:
    """What was started; killed in the end."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def start(machines: list[subprocess.Popen[str]], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"distributed.cli.{arguments[0]}", *arguments[1:], "--no-dashboard"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=os.environ)
    machines.append(process)
    return process


def start_scheduler(machines: list[subprocess.Popen[str]]) -> str:
    scheduler = start(machines, "dask_scheduler", "--host", "127.0.0.1", "--port", "0")
    assert scheduler.stderr is not None
    return next(f"tcp://{line.split('tcp://')[1].strip()}" for line in scheduler.stderr if "tcp://" in line)


def start_worker(machines: list[subprocess.Popen[str]], address: str) -> subprocess.Popen[str]:
    return start(machines, "dask_worker", address, "--host", "127.0.0.1", "--no-nanny", "--nthreads", "1")


def find_cause(error: ProjectError) -> str:
    (problem,) = error.problems
    return problem.cause


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return walk_musterstadt(tmp_path_factory.mktemp("walked"))


def test_a_lost_worker_changes_no_number_and_without_any_nothing_is_told(
    machines: list[subprocess.Popen[str]], walked: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = read_tables(walked)
    assert walked.coverage is not None
    assert tables.population is not None
    cells = tables.population.cells
    here = choose_way(walked.coverage, tables)(cells, "spielplatz").pairs
    monkeypatch.setattr(tiles, "SIDE_METRES", 300.0)
    monkeypatch.setattr(cluster, "AT_ONCE", 4)
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 5.0)
    address = start_scheduler(machines)
    workers = [start_worker(machines, address) for _ in range(2)]
    with join_cluster(address) as run:
        way = choose_way(walked.coverage, replace(tables, run=run))
        threading.Timer(0.1, workers[0].kill).start()
        there = way(cells, "spielplatz").pairs
        assert there.equals(here)
        for worker in workers:
            worker.kill()
            worker.wait()
        monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 0.5)
        with pytest.raises(ProjectError) as caught:
            way(cells, "spielplatz")
    assert find_cause(caught.value) == "cluster_lost"
    assert "nicht gerechnet" in Speaker("de").problems(caught.value.problems)


@pytest.mark.long
def test_every_table_of_a_study_is_the_same(
    machines: list[subprocess.Popen[str]], walked: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = Speaker("de")
    here = {name: format_csv(table, voice=voice) for name, table in list_tables(run_study(walked)).items()}
    monkeypatch.setattr(tiles, "SIDE_METRES", 1000.0)
    address = start_scheduler(machines)
    for _ in range(2):
        start_worker(machines, address)
    with join_cluster(address) as run:
        study = run_study(walked, run=run)
    assert {name: format_csv(table, voice=voice) for name, table in list_tables(study).items()} == here


def test_what_is_not_as_it_must_be_is_told(
    machines: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 0.5)
    causes = []
    for address in ("tcp://127.0.0.1:9", "nirgends", start_scheduler(machines)):
        with pytest.raises(ProjectError) as caught, join_cluster(address):
            pass
        causes.append(find_cause(caught.value))
    with pytest.raises(ProjectError) as caught:
        run_study(read_project(find_shipped("analyses/musterstadt")), run=map)
    causes.append(find_cause(caught.value))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ProjectError) as caught, join_cluster("tcp://127.0.0.1:9"):
        pass
    causes.append(find_cause(caught.value))
    assert causes == [
        "cluster_unreachable",
        "cluster_unreachable",
        "cluster_empty",
        "cluster_idle",
        "cluster_no_dask",
    ]


def test_workers_of_another_version_are_refused(
    machines: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = start_scheduler(machines)
    start_worker(machines, address)
    monkeypatch.setattr(cluster, "version", lambda _: "9.9")
    with pytest.raises(ProjectError) as caught, join_cluster(address):
        pass
    assert find_cause(caught.value) == "cluster_other_version"
