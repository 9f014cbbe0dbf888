"""Walks searched on the workers of a Dask cluster. The only module that knows Dask."""

from __future__ import annotations

from asyncio import CancelledError
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Any

from sro_geo.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sro_geo.coverage.network import Pairs
    from sro_geo.coverage.tiles import Run, Tile

PATIENCE_SECONDS = 10.0
"""So long a cluster may be silent before it is asked whether anybody is left."""

AT_ONCE = 16
"""So many tiles are under way at a time, however many there are."""


@contextmanager
def join_cluster(address: str | None) -> Iterator[Run | None]:
    """Search walks on a cluster, as long as the block lasts.

    Parameters
    ----------
    address : str or None
        Address of the scheduler, `tcp://10.0.0.5:8786`. None for no cluster: nothing is joined, and None is given.

    Yields
    ------
    callable or None
        For `run_study` and `measure_walking`.

    Raises
    ------
    ProjectError
        If Dask is not installed, nobody answers, no worker is there, or one has another version of sro_geo; later on, if so
        many workers were lost that tiles stay unsearched. Nothing is left out: there is a whole result or this error.

    Notes
    -----
    A tile whose worker is lost is searched again by another one. Every number is the same as without a cluster, to the
    last bit. Streets, places of offers and cells are sent to the workers, persons are not.

    References
    ----------
    Rocklin, M. (2015): Dask: Parallel computation with blocked algorithms and task scheduling. SciPy 2015.

    Examples
    --------
    >>> from sro_geo import find_shipped, join_cluster, read_project, run_study
    >>> with join_cluster(None) as run:
    ...     study = run_study(read_project(find_shipped("analyses/musterstadt")), run=run)
    >>> study.about.title
    'Sozialraum-Atlas Musterstadt'
    """
    if address is None:
        yield None
        return
    try:
        from dask import config  # noqa: PLC0415  an extra
        from distributed import Client  # noqa: PLC0415  of the same extra
    except ImportError as error:
        raise ProjectError([Problem(cause="cluster_no_dask")]) from error
    try:
        client: Any = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]  # it has none
    except (OSError, ValueError) as error:
        raise ProjectError([Problem(cause="cluster_unreachable", values={"address": address})]) from error
    quiet = config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"})  # a tile is as large as it must be
    with client, quiet:
        _check_workers(client, address)
        yield partial(_search, client)


def _check_workers(client: Any, address: str) -> None:
    """Refuse a cluster of nobody, and workers that would work otherwise."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except TimeoutError as error:
        raise ProjectError([Problem(cause="cluster_empty", values={"address": address})]) from error
    own, told = _find_version(), client.run(_find_version, on_error="return").values()
    others = sorted({one if isinstance(one, str) else "–" for one in told} - {own})
    if others:
        values = {"own": own, "found": others}
        raise ProjectError([Problem(cause="cluster_other_version", values=values)])


def _find_version() -> str:
    return version("sro_geo")


def _search(client: Any, work: Callable[[Tile], Pairs], tiles: Iterable[Tile]) -> Iterator[Pairs]:
    """What comes of each tile, in order."""
    left = iter(tiles)
    while some := list(islice(left, AT_ONCE)):
        yield from _wait(client, client.map(work, some, pure=False))


def _wait(client: Any, tasks: list[Any]) -> Iterator[Pairs]:
    from distributed import KilledWorker  # noqa: PLC0415  an extra

    for task in tasks:
        found = None
        while found is None:
            try:
                found = task.result(timeout=PATIENCE_SECONDS)
            except TimeoutError as error:
                if not client.scheduler_info()["workers"]:
                    raise _tell_lost(tasks) from error
            except (KilledWorker, CancelledError, OSError) as error:
                raise _tell_lost(tasks) from error
        yield found


def _tell_lost(tasks: list[Any]) -> ProjectError:
    lost = sum(task.status != "finished" for task in tasks)
    return ProjectError([Problem(cause="cluster_lost", values={"n": lost})])
