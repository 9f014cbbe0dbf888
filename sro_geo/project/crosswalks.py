"""Crosswalks of a project file as the loaders' settings, and which tables they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.load.inputs import CrosswalkFile, QuartersFile
from sro_geo.project.finding import complain, take_file
from sro_geo.project.tables import find_box

if TYPE_CHECKING:
    from sro_geo.load.toml import Step
    from sro_geo.project.finding import Desk
    from sro_geo.project.schema import Crosswalk, ProjectFile


def take_crosswalks(stated: ProjectFile, *, language: str, desk: Desk) -> tuple[CrosswalkFile, ...]:
    """Take the settings of each crosswalk.

    A table whose old quarters no crosswalk leads from, and a crosswalk that no table needs, are problems: values of old
    quarters would be taken for values of new ones.
    """
    names = [section.vintage for section in stated.crosswalk]
    needed = {section.vintage for section in stated.indicators}
    for number, name in enumerate(names):
        path: list[Step] = ["crosswalk", number, "from"]
        if name in names[:number]:
            complain(desk, "crosswalk_twice", path, found=name)
        elif name not in needed:
            complain(desk, "crosswalk_unused", path, found=name)
    for number, table in enumerate(stated.indicators):
        if table.vintage is not None and table.vintage not in names:
            complain(desk, "vintage_without_crosswalk", ["indicators", number, "vintage"], found=table.vintage)
    taken = (_take(one, number, stated, language=language, desk=desk) for number, one in enumerate(stated.crosswalk))
    return tuple(one for one in taken if one is not None)


def _take(section: Crosswalk, number: int, stated: ProjectFile, *, language: str, desk: Desk) -> CrosswalkFile | None:
    """Take the settings of one crosswalk; None where it may not be read."""
    path: list[Step] = ["crosswalk", number]
    old, people = section.boundaries, stated.population
    if (section.file is None) == (old is None) or (old is not None and section.sheet is not None):
        complain(desk, "crosswalk_one_of", path)
        return None
    if old is None:
        table = take_file(desk, [*path, "file"], section.file)
        return None if table is None else CrosswalkFile(vintage=section.vintage, table=table, sheet=section.sheet)
    if old.weight == "people" and (
        people is None or (people.cells is None and people.raster is None and people.zensus is None)
    ):
        complain(desk, "crosswalk_without_people", [*path, "boundaries"])
    file = take_file(desk, [*path, "boundaries", "file"], old.file)
    if file is None:
        return None
    rest = old.model_dump(include={"key", "layer", "crs", "repair"})
    boundaries = QuartersFile(
        file=file, vintage=section.vintage, box=find_box(stated.quarters, language=language), **rest
    )
    return CrosswalkFile(vintage=section.vintage, boundaries=boundaries, by_area=old.weight == "area")
