"""The invented Musterstadt as finished pictures and a finished page, for the tests of the renderers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sro_geo.model.atlas import AtlasData, Part, Profile, RankRow, View
from sro_geo.model.contrast import Contrast, Side, Sides
from sro_geo.model.picture import Ground, OfferSymbol, Picture
from sro_geo.model.quarters import Quarters, as_quarters
from sro_geo.model.series import Lack, Series, Unsure
from sro_geo.render.page import PAGE_WORDS
from sro_geo.render.picture import PictureSettings, make_picture
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parents[1] / "geodata" / "musterstadt"
REGIONS = ("08", "09")
CITY = "Musterstadt 21\u00a0% (10 von 12 Quartieren mit vollständigen Angaben; möglich sind 19 bis 22\u00a0%)"
GAP = {
    "01": None,
    "02": 9,
    "03": 12,
    "04": None,
    "05": 24,
    "06": 14,
    "07": 16,
    "08": 38,
    "09": 30,
    "10": 19,
    "11": 33,
    "12": 22,
}
INDEX = {
    "01": 70,
    "02": 67,
    "03": 54,
    "04": 57,
    "05": 48,
    "06": 62,
    "07": 64,
    "08": 41,
    "09": 40,
    "10": 52,
    "11": 54,
    "12": 54,
}
RISE = {
    "01": -0.5,
    "02": -0.5,
    "03": 0.9,
    "04": -0.7,
    "05": 0.5,
    "06": -0.4,
    "07": -0.6,
    "08": 1.0,
    "09": 1.5,
    "10": 0.2,
    "11": -0.8,
    "12": -0.2,
}
SYMBOLS = (
    OfferSymbol(kind="kindertageseinrichtung", name="Kita", plural="Kitas", symbol="circle"),
    OfferSymbol(kind="jugendarbeit", name="Jugendtreff", plural="Jugendtreffs", symbol="triangle"),
    OfferSymbol(kind="familienbildung", name="Familienzentrum", plural="Familienzentren", symbol="square"),
)


def pick(language: str) -> dict[str, str]:
    return {key: Speaker(language).say(key) for key in PAGE_WORDS}


def make_quarters(**names: str) -> Quarters:
    frame = gpd.read_file(FOLDER / "quartiere.geojson")
    frame = frame.rename(columns={"quartier": "quarter_id"}).assign(level="quartier", parent_id=None, vintage="2024")
    frame["name"] = [names.get(f"q{key}", name) for key, name in zip(frame["quarter_id"], frame["name"], strict=True)]
    return as_quarters(frame)


def make_ground(**names: str) -> Ground:
    quarters = make_quarters(**names)
    offers = pd.read_csv(FOLDER / "angebote.csv", dtype=str, sep=";", encoding="utf-8-sig")
    points = gpd.points_from_xy(offers["ost"].astype(float), offers["nord"].astype(float), crs=quarters.crs)
    columns = {"kind": "art", "name": "name", "provider": "traeger", "quarter_id": "quartier"}
    frame = gpd.GeoDataFrame({column: offers[head] for column, head in columns.items()}, geometry=points)
    gone = offers["gueltig_bis"].notna()
    frame = frame[~gone & frame["kind"].isin([s.kind for s in SYMBOLS])].reset_index(drop=True)
    if "offer" in names:
        frame.loc[0, "name"] = names["offer"]
    water = gpd.read_file(FOLDER / "gewaesser.geojson")
    return Ground(quarters=quarters, outlined=REGIONS, water=water, offers=frame, symbols=SYMBOLS)


def set_picture(**changes: Any) -> PictureSettings:
    settings = PictureSettings(
        slug="ohne_kita_10",
        topic="offers",
        name="Anteil ohne Kita in Reichweite",
        title="Kinder unter\u00a06 ohne Kita in 10\u00a0Gehminuten",
        subtitle=f"2024 · {CITY}",
        heading="Anteil in %",
        voice=Speaker("de"),
        unit="percent",
        digits=0,
        breaks=(10, 15, 20, 30),
        outlined=REGIONS,
        offer_kind="kindertageseinrichtung",
        example="Musterstadt und alle Werte sind erfunden.",
        notices=("Schematische Darstellung, keine amtlichen Grenzen",),
        source="Quelle: Statistikstelle Musterstadt, Stand 31.12.2024",
    )
    return replace(settings, **changes)


def scatter_offers(ground: Ground, count: int, *, seed: int = 7) -> Ground:
    """Ground with so many day-care centres all over the town, and the other offers as they are."""
    random, (west, south, east, north) = np.random.default_rng(seed), ground.quarters.total_bounds
    x, y = random.uniform(west, east, 4 * count), random.uniform(south, north, 4 * count)
    points = gpd.GeoDataFrame(geometry=gpd.GeoSeries.from_xy(x, y, crs=ground.quarters.crs))
    within = points.sjoin(ground.quarters[["geometry"]], predicate="within").head(count)
    told = {"kind": "kindertageseinrichtung", "name": "Kita", "provider": "Stadt", "example": True}
    made = within[["geometry"]].assign(**told, quarter_id=within["quarter_id"].astype(str))
    others = ground.offers[ground.offers["kind"] != told["kind"]]
    offers = gpd.GeoDataFrame(pd.concat([made, others], ignore_index=True), crs=ground.quarters.crs)
    return replace(ground, offers=offers)


def draw_values(
    values: Mapping[str, float | None],
    quarters: Quarters,
    *,
    status: dict[str, str],
    settings: PictureSettings,
) -> Picture:
    series = pd.Series(dict(values), dtype="float64").reindex(quarters.index)
    statuses = pd.Series(
        {key: status.get(key, "missing" if np.isnan(series[key]) else "observed") for key in quarters.index}
    )
    return make_picture(series, statuses, names=quarters["name"], settings=settings)


def make_pictures(quarters: Quarters) -> tuple[Picture, ...]:
    index = set_picture(
        slug="index",
        topic="resilience",
        name="Resilienzindex (0 bis 100)",
        title="Resilienzindex der Quartiere",
        unit="points",
        subtitle="2024 · Musterstadt 54",
        heading="Punkte (0 bis 100)",
        offer_kind=None,
        breaks=None,
        partly=True,
    )
    rise = set_picture(
        slug="veraenderung",
        topic="social",
        name="SGB-II-Anteil seit 2017",
        title="Kinder mit SGB-II-Leistungen: Veränderung 2017 bis 2024",
        subtitle="2024 · Musterstadt +0,1\u00a0PP",
        heading="Prozentpunkte",
        unit="points",
        digits=1,
        offer_kind=None,
        breaks=(-1.0, -0.5, 0.5, 1.0),
        signed=True,
    )
    return (
        draw_values(GAP, quarters, status={"01": "suppressed"}, settings=set_picture()),
        draw_values({**INDEX, "04": None}, quarters, status={"11": "estimated"}, settings=index),
        draw_values(RISE, quarters, status={}, settings=rise),
    )


def make_view(picture: Picture, values: Mapping[str, float | None], *, ranked: bool, city: float, unit: str) -> View:
    order = sorted(values, key=lambda key: (values[key] is None, -(values[key] or 0)))
    labels = dict(zip(picture.quarter_ids, picture.labels, strict=True))
    names = dict(zip(picture.quarter_ids, picture.quarter_names, strict=True))
    if not ranked:
        order = sorted(order, key=lambda key: names[key])
    rows = []
    for n, key in enumerate(order, 1):
        value, label = values[key], labels[key]
        known = value is not None
        rows.append(
            RankRow(
                quarter_id=key,
                value=value,
                low=None if value is None else value - 3,
                high=None if value is None else value + 3,
                uncertain=label.startswith("("),
                rank=(f"{n}–{n + 1}" if known else "offen") if ranked else "",
            )
        )
    group = Side(name="Modellregionen", value="34\u00a0%", size="n = 412 Kinder unter\u00a06", quarters="2 Quartiere")
    rest = Side(
        name="Übrige Stadt",
        value="18\u00a0%",
        size="n = 2.004 Kinder unter\u00a06",
        quarters="10 Quartiere, 2 ohne vollständige Angaben",
    )
    ends = {"%": (0.0, 20.0, 40.0), "Punkte": (20.0, 40.0, 60.0), "PP": (-4.0, 0.0, 4.0)}[unit]
    told = picture.subtitle.split("Musterstadt ")[1].partition(" (")[0]
    return View(
        code=picture.name,
        picture=picture,
        ranked=ranked,
        ranking_note="Rang 1 = größte Lücke" if ranked else "Keine Rangfolge: Die Angebote sind erfunden.",
        ranking_head=unit,
        ranking=tuple(rows),
        digits=1 if city < 1 else 0,
        ticks=ends,
        tick_digits=0,
        city=city,
        city_value=told,
        city_label=f"Musterstadt {told}",
        contrast=Contrast(
            group=group,
            rest=rest,
            difference="+16",
            unit="Prozentpunkte",
            sentence="Ein Unterschied ist noch keine Wirkung: In Modellregionen ist der Bedarf größer.",
        )
        if ranked
        else None,
        values=labels,
        places={key: "Rang 1–2 von 10" if ranked and values[key] is not None else "" for key in values},
        sentences={
            key: f"In {names[key]} liegt der Wert bei {labels[key]}; in ganz Musterstadt sind es 21\u00a0%."
            for key in values
        },
        lead="Rechenbeispiel mit erfundenen Werten:",
    )


def make_profile(key: str, name: str) -> Profile:
    parts = (
        Part(name="Robustheit", score=46.0, city=58.0, number="46", contribution=-3.2),
        Part(name="Redundanz", score=24.0, city=52.0, number="24", contribution=-9.4),
        Part(
            name="Erholung",
            score=None,
            city=None,
            number="nicht messbar",
            contribution=None,
        )
        if key == "11"
        else Part(name="Erholung", score=54.0, city=53.0, number="54", contribution=0.9),
    )
    return Profile(
        quarter_id=key,
        name=name,
        parent="",
        model_region=key in REGIONS,
        people="3.412 Menschen, davon 214 Kinder unter\u00a06",
        index_text="41 · Musterstadt 54",
        parts=parts,
        parts_note="Beiträge zusammen −11,7 Punkte (einzeln gerundet). Strich: Musterstadt.",
        similar="Am ähnlichsten sind: Ostufer, Bahnhofsviertel und Südring.",
    )


def make_atlas(**names: str) -> AtlasData:
    ground = make_ground(**names)
    gap, index, rise = make_pictures(ground.quarters)
    rows = {key: (214.0, 46.0, 24.0, 54.0, float(INDEX[key])) for key in ground.quarters.index}
    return AtlasData(
        language="de",
        title=names.get("title", "Sozialraum-Atlas Musterstadt"),
        subtitle="Stand 31.12.2024 · Gebietsstand 2024",
        place="Musterstadt",
        example="Musterstadt und alle Werte sind erfunden. Sie sagen nichts über eine wirkliche Stadt.",
        summary=(
            "Wo fehlen Kitas in Gehweite, und wie stehen Neue Heide und Ostufer neben der übrigen Stadt?",
            "In beiden Modellregionen erreichen mehr Kinder keine Kita zu Fuß als in der übrigen Stadt.",
        ),
        topics=(("resilience", "Resilienz"), ("offers", "Angebote"), ("social", "Sozialstruktur")),
        views=(
            make_view(gap, GAP, ranked=True, city=21, unit="%"),
            make_view(index, {**INDEX, "04": None}, ranked=True, city=54, unit="Punkte"),
            make_view(rise, RISE, ranked=False, city=0.1, unit="PP"),
        ),
        profiles=tuple(make_profile(str(key), str(name)) for key, name in ground.quarters["name"].items()),
        index_name="Resilienzindex",
        table_head=("Kinder", "Robustheit", "Redundanz", "Erholung", "Index"),
        table_rows=rows,
        table_city=(2416.0, 56.0, 52.0, 55.0, 54.0),
        words=pick("de"),
        notices=("Schematische Darstellung, keine amtlichen Grenzen",),
        warnings=("Anzahlen von 1 bis 2 Menschen sind geheim.",),
        sources=(
            "Statistikstelle Musterstadt, Bevölkerung, Stand 31.12.2024 (erfunden)",
            "Jugendamt Musterstadt, Angebote (erfunden)",
        ),
        ground=ground,
        shock=(2018, "Werksschließung"),
        selected="08",
        digest="7c1e 09af 44d2 0b11",
    )


def make_years(*, invented: tuple[int, ...] = ()) -> AtlasData:
    """The page with the years 2021 to 2024 on its first map: 2022 nobody knows, 2023 one is withheld and one estimated."""
    data = make_atlas()
    by_year: dict[int, Mapping[str, float | None]] = {
        2021: {key: None if value is None else value + 12.0 for key, value in GAP.items()},
        2022: dict.fromkeys(GAP),
        2023: {**GAP, "01": 9.0, "05": None, "06": 13.0},
        2024: GAP,
    }
    series = Series(
        years=tuple(by_year),
        quarters={key: tuple(values[key] for values in by_year.values()) for key in GAP},
        city=(33.0, None, None, 21.0),
        group=(46.0, None, 34.0, 34.0),
        unsure=(Unsure(quarter_id="06", year=2023, low=11.0, high=15.0, estimated=True),),
        lacks=(
            Lack(quarter_id="05", year=2023, reason="suppressed"),
            Lack(quarter_id="01", year=2024, reason="suppressed"),
        ),
        invented=invented,
        pattern="{n}\u00a0%",
        partly=("group",),
        cuts=(-12.0, -5.0, 5.0, 12.0),
        unit="PP",
        heading="Prozentpunkte",
        units=("Prozentpunkt", "Prozentpunkte"),
    )
    gap, index, rise = data.views
    sides = Sides(
        group=(34.0, 32.0, 37.5),
        rest=(18.0, 18.0, 18.0),
        city=(21.0, 19.0, 22.0),
        sizes=(412.0, 2004.0),
        city_value="21\u00a0%",
    )
    points = replace(sides, group=(40.5, 40.5, 40.5), rest=(41.0, 38.0, 60.0), sizes=(None, None), city_value="54")
    views = (replace(gap, series=series, sides=sides), replace(index, sides=points), rise)
    return replace(data, views=views, beside=(gap.code,), apart=(gap.code,))
