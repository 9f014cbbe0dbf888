"""What a task of siting must fulfil."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

import numpy as np

from sro_geo.model.siting import SitingProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sro_geo.model.reach import Reach
    from sro_geo.model.siting import SitingTask


def check_task(reach: Reach, persons: pd.Series, *, task: SitingTask, quarters: pd.Series | None) -> None:
    """Refuse what can't be answered, and settings without effect.

    Raises
    ------
    ValueError
        As soon as one is found.
    """
    if task.problem not in get_args(SitingProblem):
        raise ValueError(f"`problem` must be one of {', '.join(get_args(SitingProblem))}; got {task.problem!r}")
    unknown = sorted(set(task.fixed) - set(reach.offer_ids))
    if unknown:
        raise ValueError(f"`fixed` must name offers of `reach`; got {', '.join(unknown)}")
    candidates = reach.offer_ids[~reach.offer_ids.isin(list(task.fixed))]
    _check_tables(reach, persons, quarters)
    _check_reached(reach, persons, candidates)
    _check_number(task, len(candidates))
    _check_costs(task, candidates)
    _check_capacity(reach, task)
    _check_more(task)
    _check_method(task, quarters)


def _check_tables(reach: Reach, persons: pd.Series, quarters: pd.Series | None) -> None:
    if not reach.cell_ids.isin(persons.index).all():
        raise ValueError("`persons` must hold the cells of `reach`")
    numbers = persons.loc[reach.cell_ids].to_numpy(dtype=float)
    if not (np.isfinite(numbers) & (numbers >= 0)).all():
        raise ValueError("`persons` must be at least 0 in every cell, and not missing")
    if quarters is not None and not reach.cell_ids.isin(quarters.dropna().index).all():
        raise ValueError("`quarters` must hold the cells of `reach`, and none may be missing")


def _check_reached(reach: Reach, persons: pd.Series, candidates: pd.Index) -> None:
    lived = persons.index[persons > 0]
    near = reach.pairs["cell_id"].isin(lived) & reach.pairs["offer_id"].isin(candidates)
    if not near.any():
        raise ValueError("no candidate is in reach of anybody")


def _check_number(task: SitingTask, candidates: int) -> None:
    if task.problem == "set_cover":
        for name, value in (("count", task.count), ("budget", task.budget)):
            if value is not None:
                raise ValueError(f"`{name}` has no effect where everybody is to be reached")
        return
    if task.count is None and (task.budget is None or task.problem == "centre"):
        raise ValueError("`count` must say how many sites are wanted")
    if task.count is not None and not 1 <= task.count <= candidates:
        raise ValueError(f"`count` must be 1 to {candidates}, the number of candidates; got {task.count}")


def _check_costs(task: SitingTask, candidates: pd.Index) -> None:
    if task.budget is not None:
        if not (math.isfinite(task.budget) and task.budget >= 0):
            raise ValueError(f"`budget` must be at least 0; got {task.budget}")
        if task.costs is None:
            raise ValueError("`budget` needs `costs`")
    elif task.costs is not None and task.problem != "set_cover":
        raise ValueError("`costs` have no effect without `budget`")
    if task.costs is not None:
        _check_mapping("costs", task.costs, candidates)


def _check_mapping(name: str, numbers: Mapping[str, float], offers: pd.Index) -> None:
    missing = [str(offer) for offer in offers if offer not in numbers]
    if missing:
        raise ValueError(f"`{name}` must hold a number for each offer; missing: {', '.join(missing[:5])}")
    wrong = [str(offer) for offer in offers if not 0 <= numbers[offer] < math.inf]
    if wrong:
        raise ValueError(f"`{name}` must be at least 0; got {numbers[wrong[0]]} for {wrong[0]}")


def _check_capacity(reach: Reach, task: SitingTask) -> None:
    if task.capacity is None:
        if not task.split:
            raise ValueError("`split` has no effect without `capacity`")
        return
    if task.problem in ("cover_twice", "centre"):
        raise ValueError(f"`capacity` has no meaning for {task.problem!r}")
    _check_mapping("capacity", task.capacity, reach.offer_ids)


def _check_more(task: SitingTask) -> None:
    if task.best < 1:
        raise ValueError(f"`best` must be at least 1; got {task.best}")
    if not task.seconds > 0:
        raise ValueError(f"`seconds` must be over 0; got {task.seconds}")
    if task.differ is None:
        return
    if task.best == 1:
        raise ValueError("`differ` has no effect where one set is wanted")
    if task.differ < 1 or (task.count is not None and task.differ > task.count):
        raise ValueError(f"`differ` must be 1 to {task.count or 'the number of sites'}; got {task.differ}")


def _check_method(task: SitingTask, quarters: pd.Series | None) -> None:
    if task.method not in ("exact", "greedy"):
        raise ValueError(f"`method` must be exact or greedy; got {task.method!r}")
    if quarters is not None and task.problem in ("set_cover", "centre"):
        raise ValueError(f"`quarters` have no effect for {task.problem!r}: everybody is reached")
    if task.method == "greedy":
        clash = {
            "quarters": quarters is not None,
            "capacity": task.capacity is not None,
            "centre": task.problem == "centre",
        }
        if any(clash.values()):
            raise ValueError(
                f"greedy choice does not know: {', '.join(name for name, is_so in clash.items() if is_so)}"
            )
