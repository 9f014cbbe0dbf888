"""An enlarged piece of a printed map: where it stands, what it names, and that no quarter is lost between the two."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pytest
import shapely
from PIL import Image

from sro_geo.render.embedding import StudyMap
from sro_geo.render.ground import draw_shapes
from sro_geo.render.key import WIDTH, choose_scale
from sro_geo.render.sheet import lay_out
from sro_geo.render.static import draw_figures
from tests.label_laws import make_city, make_town
from tests.render_data import pick
from tests.svg_text import read_svg

if TYPE_CHECKING:
    from sro_geo.model.picture import Ground, Picture
    from sro_geo.render.sheet import Sheet

NAMES = ("Altstadt", "Neumarkt", "Klosterhof", "Hafentor", "Brückenfeld", "Domviertel", "Kirchgarten", "Schlossberg")


def make_centre(*, small: float = 600.0, wide: int = 2) -> tuple[Ground, Picture]:
    """A town of four broad quarters in an L, in whose corner lie many small ones."""
    far = [
        shapely.box(0, 0, 9000, 4000),
        shapely.box(0, 4000, 4000, 9000),
        shapely.box(9000, 0, 12_000, 4000),
        shapely.box(0, 9000, 4000, 12_000),
    ]
    near = [
        shapely.box(
            4000 + small * (n % wide),
            4000 + small * (n // wide),
            4000 + small * (n % wide + 1),
            4000 + small * (n // wide + 1),
        )
        for n in range(8)
    ]
    names = ("Südfeld", "Westfeld", "Ostheim", "Nordheim", *NAMES)
    shapes = gpd.GeoSeries([*far, *near], crs=25833)
    return make_town(shapes, names={f"{n:02}": name for n, name in enumerate(names)})


def lay(ground: Ground, picture: Picture) -> Sheet:
    shapes = draw_shapes(ground).reindex(list(picture.quarter_ids))
    return lay_out(picture, ground, shapes=shapes, words=pick("de"), language="de", printed=True)


@pytest.fixture(scope="module")
def town() -> tuple[Ground, Picture]:
    return make_centre()


@pytest.fixture(scope="module")
def sheet(town: tuple[Ground, Picture]) -> Sheet:
    return lay(*town)


def test_every_quarter_is_named_once_by_the_map_or_by_its_piece(town: tuple[Ground, Picture], sheet: Sheet) -> None:
    _, picture = town
    inset = sheet.inset
    assert inset is not None
    on_map = [picture.quarter_ids[place.quarter] for place in sheet.placed.places]
    on_piece = [inset.picture.quarter_ids[place.quarter] for place in inset.placed.places]
    assert sorted(on_map + on_piece) == sorted(picture.quarter_ids)
    assert set(on_piece) == {picture.quarter_ids[i] for i in inset.named}
    assert all("n" in place.draft.says for place in inset.placed.places)
    plain = lay_out(picture, town[0], shapes=draw_shapes(town[0]), words=pick("de"), language="de")
    assert plain.inset is None
    assert sum(place.draft.says == "z" for place in plain.placed.places) >= 3
    assert plain.names
    assert not sheet.names  # no number is left for the key


def test_the_piece_stands_on_free_paper(town: tuple[Ground, Picture], sheet: Sheet) -> None:
    inset = sheet.inset
    assert inset is not None
    box = shapely.box(*inset.box)
    assert shapely.box(0, 0, WIDTH, sheet.height).contains(box)
    assert sheet.height <= 740  # A4 with room around
    assert not shapely.intersects(sheet.frame.lay(draw_shapes(town[0]).to_numpy()), box).any()
    assert not any(box.intersects(shapely.box(*place.box)) for place in sheet.placed.places)
    assert not any(shapely.area(shapely.box(*inset.window) & shapely.box(*place.box)) for place in sheet.placed.places)
    laid = inset.frame.lay(inset.shapes.to_numpy())
    for place in inset.placed.places:
        if not place.side:
            assert laid[place.quarter].buffer(0.01).contains(shapely.box(*place.box))
    boxes = [shapely.box(*place.box) for place in inset.placed.places]
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_the_piece_shows_its_window_so_many_times_as_large(sheet: Sheet) -> None:
    inset = sheet.inset
    assert inset is not None
    left, top, right, _ = inset.window
    assert inset.frame.metres * inset.times == pytest.approx(sheet.frame.metres)
    assert inset.frame.width == pytest.approx((right - left) * inset.times)
    west, north = (
        sheet.frame.west + (left - sheet.frame.left) * sheet.frame.metres,
        (sheet.frame.south + (sheet.frame.top + sheet.frame.height - top) * sheet.frame.metres),
    )
    (corner,) = inset.frame.lay(np.array([shapely.Point(west, north)]))
    assert (corner.x, corner.y) == pytest.approx((inset.frame.left, inset.frame.top))


def test_both_forms_paint_the_piece_and_say_how_large_it_is(town: tuple[Ground, Picture], sheet: Sheet) -> None:
    ground, picture = town
    inset = sheet.inset
    assert inset is not None
    drawn = draw_figures(picture, ground, words=pick("de"), language="de", forms=("png", "svg"))
    image = np.asarray(Image.open(io.BytesIO(drawn["png"])).convert("RGB"))
    corners = shapely.bounds(inset.frame.lay(inset.shapes.to_numpy()))[:, :2] + 4  # where no letter stands
    seen = 0
    for i in inset.named:
        n = inset.picture.quarter_ids.index(picture.quarter_ids[i])
        if (placed := picture.placed[i]) < 0:
            continue
        x, y = (corners[n] * 200 / 72).astype(int)
        wanted = [int(picture.classes[placed].fill[at : at + 2], 16) for at in (1, 3, 5)]
        assert image[y, x].tolist() == wanted
        seen += 1
    assert seen >= 6
    told = read_svg(drawn["svg"].decode())
    assert "Ausschnitt" in told
    length, text = choose_scale(inset.frame.metres, longest=40)
    assert text in told
    assert length * inset.frame.metres == float(text.split()[0])
    said = "".join(told).replace("-", "")
    assert not [name for name in NAMES if name not in said]
    root: Any = ET.fromstring(drawn["svg"])  # noqa: S314  our own file
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))


def test_where_names_have_room_or_the_paper_has_none_there_is_no_piece() -> None:
    assert lay(*make_centre(small=2000, wide=2)).inset is None
    assert lay(*make_city(21)).inset is None


def test_markup_for_other_pages_has_the_piece_and_ids_of_its_own(town: tuple[Ground, Picture]) -> None:
    ground, picture = town
    whole = StudyMap(picture=picture, ground=ground, words=pick("de"), language="de", labels={})
    assert ">Ausschnitt<" in whole.to_fragment(prefix="karte")
