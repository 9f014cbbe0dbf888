"""What must hold of labels wherever they stand, judged by other means than they are placed by: exact shapes, drawn texts."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from sro_geo.model.picture import Ground
from sro_geo.model.quarters import as_quarters
from sro_geo.render.board import stack_lines
from sro_geo.render.wording import cut_name
from tests.cities import make_areas
from tests.load_data import CRS
from tests.render_data import draw_values, set_picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.model.picture import Picture
    from sro_geo.render.board import Board
    from sro_geo.render.drafts import Caption
    from sro_geo.render.labels import Place


def make_city(count: int, *, seed: int = 1) -> tuple[Ground, Picture]:
    """An invented city with winding borders and two model regions, one of them an enclave in the other, and unknown values."""
    areas = make_areas(count, seed=seed, pieces=4)
    names = {told["code"]: told["name"] for told, _ in areas}
    units = [told["stadtteil"] for told, _ in areas]
    return make_town(gpd.GeoSeries([area for _, area in areas], crs=CRS), names=names, units=units)


def make_town(
    shapes: gpd.GeoSeries, *, names: Mapping[str, str], units: Sequence[str] | None = None
) -> tuple[Ground, Picture]:
    """A town of shapes and their names by id, and the larger unit of each; its last two quarters are model regions."""
    facts = {"level": "Ortsteil", "parent_id": units, "vintage": "2024"}
    frame = gpd.GeoDataFrame(
        {"quarter_id": list(names), "name": list(names.values()), **facts}, geometry=shapes.to_numpy(), crs=shapes.crs
    )
    quarters = as_quarters(frame)
    ids = [str(key) for key in quarters.index]
    values: dict[str, float | None] = {key: float(3 + 7 * n % 37) for n, key in enumerate(ids)}
    values[ids[3]] = None
    regions = (ids[-2], ids[-1])
    settings = set_picture(outlined=regions, breaks=None, offer_kind=None)
    picture = draw_values(values, quarters, status={ids[4]: "suppressed"}, settings=settings)
    none = gpd.GeoDataFrame(
        {"kind": [], "name": [], "provider": [], "quarter_id": []}, geometry=gpd.GeoSeries([], crs=quarters.crs)
    )
    return Ground(quarters=quarters, outlined=regions, water=None, offers=none, symbols=()), picture


def list_faults(board: Board, captions: Sequence[Caption], places: Sequence[Place]) -> list[str]:
    """What is wrong with labels, as sentences, where all are narrow and where all are wide."""
    spares = [place.spare or place for place in places]
    return _list_faults(board, captions, places) + (
        _list_faults(board, captions, spares) if spares != [*places] else []
    )


def _list_faults(board: Board, captions: Sequence[Caption], places: Sequence[Place]) -> list[str]:
    faults = [fault for place in places for fault in _judge(board, captions[place.quarter], place)]
    boxes = [(captions[place.quarter].name, shapely.box(*place.box)) for place in places]
    faults += [f"{one} on {other}" for (one, a), (other, b) in combinations(boxes, 2) if shapely.area(a & b) > 0]
    for place in places:
        if place.side:
            line = shapely.LineString([board.poles[place.quarter], place.at])
            name = captions[place.quarter].name
            faults += [
                f"leader of {name} through {other}" for other, box in boxes if other != name and line.crosses(box)
            ]
    return faults


def _judge(board: Board, caption: Caption, place: Place) -> list[str]:
    name, shape, box = caption.name, board.shapes[place.quarter], shapely.box(*place.box)
    faults = [f"{name} leaves the map"] if not shapely.box(*board.frame).buffer(0.01).contains(box) else []
    if any(shapely.area(box & shapely.box(*one)) > 0 for one in board.closed):
        faults.append(f"{name} on the legend")
    if place.side:
        faults += (
            [] if shape.contains(shapely.Point(board.poles[place.quarter])) else [f"leader of {name} begins elsewhere"]
        )
        land = shapely.union_all(board.shapes[shapely.intersects(board.shapes, box)])
        if not place.plate and shapely.area(box & shapely.difference(land, board.lakes)) > 0:
            faults.append(f"{name} on other quarters without a plate")
    else:
        x, y = place.at
        lines = [shapely.box(x + w, y + t, x + e, y + b) for w, t, e, b in stack_lines(place.draft.lines)]
        faults += [f"{name} leaves its quarter" for line in lines if not shape.contains(line)]
        faults += [f"{name} in the water" for line in lines if line.intersects(board.water)]
    if "n" in place.draft.says:
        faults += judge_lines(name, list(cut_name(name, place.draft.cuts)))
    return faults


def judge_lines(name: str, lines: list[str]) -> list[str]:
    """What is wrong with a name in lines: letters are lost, or a word breaks without a hyphen."""
    rest, faults = name, []
    for line in lines:
        text = line if rest.startswith(line) else line.removesuffix("-")
        if not rest.startswith(text) or not text:
            return [f"{name}: written {lines}"]
        after = rest[len(text) :]
        if after and not line.endswith(("-", "/")) and not after.startswith(" "):
            faults.append(f"{name}: {line} breaks without a hyphen")
        rest = after.removeprefix(" ")
    return faults + ([f"{name}: written {lines}"] if rest else [])


def spread(places: Sequence[Place]) -> dict[str, Any]:
    """How many labels say what, and where."""
    says = [place.draft.says for place in places]
    return {"named": sum("n" in one for one in says), "numbered": says.count("z"), "all": len(says)}
