"""What a project file supposes to happen to offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sro_geo.errors import Place
from sro_geo.load.hours import read_moment
from sro_geo.load.toml import find_line
from sro_geo.project.finding import complain
from sro_geo.project.measures import code_shocks
from sro_geo.project.values import ShockOrder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.load.toml import Step
    from sro_geo.project.finding import Desk
    from sro_geo.project.measures import Suppose
    from sro_geo.project.schema import ProjectFile


def check_scored(stated: ProjectFile, *, desk: Desk) -> None:
    """Gather supposed shocks that are to be scored and can't be."""
    for number, order in enumerate(stated.suppose):
        path: list[Step] = ["suppose", number, "dimension"]
        if order.dimension is None:
            continue
        if not order.closes:
            complain(desk, "suppose_not_scored", path)
        if stated.index is None:
            complain(desk, "section_needed", path, needed="index")
        elif getattr(stated.index.weights, order.dimension) is None:
            complain(desk, "missing_key", ["index", "weights", order.dimension])


def take_shocks(stated: Sequence[Suppose], *, desk: Desk) -> tuple[ShockOrder, ...]:
    """Take what is supposed to happen, each with its line; something must."""
    orders: list[ShockOrder] = []
    for number, (one, code) in enumerate(zip(stated, code_shocks(stated), strict=True)):
        path: list[Step] = ["suppose", number]
        if code in {other.code for other in orders}:
            complain(desk, "suppose_code_twice", [*path, "code"], found=one.code)
        if not (one.closes or one.fewer_places or one.more_persons):
            complain(desk, "suppose_nothing", path)
        moment = read_moment(one.open_at) if one.open_at else None
        if one.open_at and moment is None:
            complain(desk, "open_at_unreadable", [*path, "open_at"], found=one.open_at)
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in one.model_dump().items()
        }
        place = Place(file=desk.file, row=find_line(desk.text, path))
        orders.append(ShockOrder(**{**fields, "open_at": moment, "code": code}, place=place))
    return tuple(orders)
