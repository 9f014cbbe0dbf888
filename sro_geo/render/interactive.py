"""Atlas and single maps as self-contained pages. The only module that knows folium."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure
from folium.template import Template

from sro_geo.render.labels import MANY
from sro_geo.render.page import MAP_WORDS, PAGE_WORDS, describe_atlas, describe_map, pick_words
from sro_geo.render.pages import DATA_ID, HEAD, START, Parts, join_page
from sro_geo.render.pieces import fill_frame, read_asset, read_leaflet_script, read_leaflet_style
from sro_geo.render.unscripted import tell_unscripted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from branca.element import Element

    from sro_geo.model.atlas import AtlasData
    from sro_geo.model.picture import Ground, Picture

_BEGIN, _PLATES, _UNITS, _CANVAS, _BASEMAP = "begin.js", "plates.js", "units.js", "canvas.js", "basemap.js"
_DRAWN = 500
"""So many quarters are elements of their page; of more all are painted on a canvas."""

_SAVE = ("sheet.js", "saving.js")
_MAP = (
    "dom.js", "format.js", "labels.js", _PLATES, _UNITS, "areas.js", _CANVAS, "map.js", _BASEMAP, "legend.js", *_SAVE, "start.js",
)  # fmt: skip
SCRIPTS = {
    "atlas": (
        _BEGIN, *_MAP, "series.js", "years.js", "changes.js", "beside.js", "ticked.js", "alike.js", "multiples.js", "panels.js",
        "lists.js", "address.js", "chooser.js", "atlas.js",
    ),
    "single": (_BEGIN, *_MAP, "alone.js"),
}  # fmt: skip
"""What runs on each kind of page; the first begins it, and some are for large cities alone."""

STYLES = {"atlas": ("base.css", "map.css", "page.css"), "single": ("base.css", "map.css")}
"""How each kind looks; the first tells how what needs no script does."""

_NO_ICON = 'L.Icon.Default.imagePath = "data:,";\n'
"""A marker asks for the usual icon before it gets its own."""

_MARK = "<!-- map -->"


class _Page(Figure):
    """Page with our own frame around what folium puts into head, body and script.

    Texts are set as attributes and printed once. They never become the source of a template, so that braces
    in a name stay braces.
    """

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="{{ this.language }}">\n'
        "<head>\n{{ this.head }}\n{{ this.header.render(**kwargs) }}\n</head>\n"
        "<body>\n{{ this.before }}{{ this.html.render(**kwargs) }}{{ this.after }}\n"
        "{{ this.start }}\n"
        "</body>\n</html>\n"
    )

    def __init__(self, *, language: str, head: str, body: str) -> None:
        super().__init__()
        self.header._children.clear()  # noqa: SLF001  branca's own meta tag; ours stands in the head
        self.language = language
        self.head = head
        self.before, self.after = body.split(_MARK)
        self.start = START


class _QuarterMap(folium.Map):
    """Map without tiles, foreign scripts or styles."""

    _template = Template(
        "{% macro html(this, kwargs) %}"
        '<div class="sro-map" id={{ this.get_name()|tojson }}></div>'
        "{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, "
        "{ center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }} });"
        "{% endmacro %}"
    )

    def __init__(self, *, location: list[float]) -> None:
        super().__init__(
            location=location,
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            scroll_wheel_zoom=False,
            double_click_zoom=False,
            box_zoom=False,
            keyboard=False,
            zoom_snap=0,
            zoom_animation=False,
            fade_animation=False,
            inertia=False,
        )
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []

    @classmethod
    def _generate_id(cls) -> str:
        """Id that is the same in each run; there is one map on a page."""
        return "sro"


class IndicatorLayer(folium.map.Layer):
    """Quarters from the embedded data; other indicators only change their fills."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = sroGeo.layIndicators("
        "{{ this._parent.get_name() }}, {{ this.data_id|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, *, data_id: str) -> None:
        super().__init__(name="quarters", control=False)
        self._name = "IndicatorLayer"
        self.data_id = data_id

    @classmethod
    def _generate_id(cls) -> str:
        """Id that is the same in each run; there is one layer on a map."""
        return "sro"


def draw_atlas(data: AtlasData, *, labels: Mapping[str, Any] | None = None) -> str:
    """Page of the whole atlas: self-contained, opens from a folder, asks no server; see `compose_atlas`."""
    return join_page(compose_atlas(data, labels=labels))


def compose_atlas(data: AtlasData, *, labels: Mapping[str, Any] | None = None) -> Parts:
    """Page of the whole atlas in its parts.

    Raises
    ------
    ValueError
        If a fixed word is missing, which is our fault.

    Notes
    -----
    Same data, same text. Names from data stay text, whatever they hold.
    """
    words = pick_words(data.words, PAGE_WORDS)
    banner = f'<p class="pill">{escape(words["page_example"])}</p><p>{escape(data.example)}</p>' if data.example else ""
    sources = _list_texts(data.sources)
    body = fill_frame(
        "atlas.html",
        words | {"page_map_of": words["page_map_of"].format(place=data.place)},
        markup={
            "banner": f'<section class="banner" aria-label="{escape(words["page_example"])}">{banner}</section>'
            if banner
            else "",
            "summary": _summarise(data, words),
            "sources": f"<h2>{escape(words['page_sources'])}</h2>{sources}" if sources else "",
            "unscripted": tell_unscripted(
                [view.picture for view in data.views],
                data.ground,
                words=words,
                language=data.language,
                titled=False,
            ),
        },
        texts={"title": data.title, "subtitle": data.subtitle, "digest": data.digest},
    )
    return _compose("atlas", describe_atlas(data, labels=labels), body=body, title=data.title)


def draw_map(
    picture: Picture,
    ground: Ground,
    *,
    words: Mapping[str, str],
    language: str,
    labels: Mapping[str, Any] | None = None,
) -> str:
    """Page of one map alone, to be embedded in a report by `<iframe>`; see `compose_map`."""
    return join_page(compose_map(picture, ground, words=words, language=language, labels=labels))


def compose_map(
    picture: Picture,
    ground: Ground,
    *,
    words: Mapping[str, str],
    language: str,
    labels: Mapping[str, Any] | None = None,
    layers: Sequence[Element] = (),
) -> Parts:
    """Page of one map in its parts.

    `labels` are those of the atlas that it belongs to (`place_atlas`); without them they are placed here. `layers` of folium
    lie above the quarters.

    Raises
    ------
    ValueError
        If a layer needs files that the page doesn't hold. Or if a fixed word is missing, which is our fault.
    """
    known = pick_words(words, MAP_WORDS)
    body = fill_frame(
        "single.html",
        known | {"page_map_of": picture.title},
        markup={"unscripted": tell_unscripted([picture], ground, words=known, language=language, titled=True)},
        texts={"title": picture.title, "subtitle": picture.subtitle},
    )
    told = describe_map(picture, ground=ground, words=words, language=language, labels=labels)
    return _compose("single", told, body=body, title=picture.title, layers=layers)


def _compose(kind: str, data: dict[str, Any], *, body: str, title: str, layers: Sequence[Element] = ()) -> Parts:
    head = "\n".join(
        [
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            HEAD,
        ]
    )
    page, quarters = _Page(language=data["language"], head=head, body=body), data["ground"]["quarters"]
    features = quarters["features"]
    chart = _QuarterMap(location=_find_middle(features))
    page.add_child(chart)
    chart.add_child(IndicatorLayer(data_id=DATA_ID))
    for layer in layers:
        chart.add_child(layer)
    frame = str(page.render())  # lets every part of the page say what it needs
    _refuse_foreign(page, layers)
    spared = {name for name, most in ((_PLATES, MANY), (_CANVAS, _DRAWN)) if len(features) <= most}
    spared |= {
        name for name, there in ((_BASEMAP, data["ground"]["basemap"]), (_UNITS, quarters["units"])) if not there
    }
    needed = [name for name in SCRIPTS[kind] if name not in spared]
    (base, *styles), (begin, *scripts) = (map(read_asset, names) for names in (STYLES[kind], needed))
    return Parts(
        frame=frame,
        styles=(base, read_leaflet_style(), *styles),
        scripts=(begin, read_leaflet_script(), *scripts),
        data=data,
        start=(_NO_ICON if layers else "") + str(page.script.render()),
        light=kind == "single",
        images=data["ground"]["basemap"]["server"] if data["ground"]["basemap"] else "",
    )


def _refuse_foreign(page: _Page, layers: Iterable[Element]) -> None:
    """Nothing of a layer may ask a server; its page would have to allow that.

    Raises
    ------
    ValueError
        If one does, with what it asks for.
    """
    asked = [getattr(one, "url", None) or name for name, one in page.header._children.items()]  # noqa: SLF001  no other way to see them
    for layer in _walk(layers):
        addresses = [getattr(layer, name, None) for name in ("tiles", "url", "video_url", "embed_link")]
        asked += [one for one in addresses if isinstance(one, str) and not one.startswith("data:")]
        if type(layer) is folium.Marker and not isinstance(layer.icon, folium.DivIcon):  # of circles it is the base
            asked.append("marker-icon.png")
    if asked:
        raise ValueError(
            f"`layers` ask for {', '.join(dict.fromkeys(map(str, asked)))}, which no page of ours may load. "
            "GeoJson, PolyLine, Polygon, CircleMarker and Marker with a DivIcon need nothing."
        )


def _walk(layers: Iterable[Element]) -> Iterator[Element]:
    for layer in layers:
        yield layer
        yield from _walk(layer._children.values())  # noqa: SLF001  as above


def _summarise(data: AtlasData, words: Mapping[str, str]) -> str:
    """What the atlas says in short, and its limits; what of it comes first has the head of the section."""
    told = {"page_summary": data.summary, "page_notices": data.notices, "page_warnings": data.warnings}
    blocks = [(key, lines) for key, texts in told.items() if (lines := _list_texts(texts))]
    pieces = []
    for number, (key, lines) in enumerate(blocks):
        head = f"<h3>{escape(words[key])}</h3>" if number else f'<h2 id="summary-head">{escape(words[key])}</h2>'
        pieces.append(head + (lines if key == "page_summary" else f'<div class="limits">{lines}</div>'))
    return f'<section class="part-summary" aria-labelledby="summary-head">{"".join(pieces)}</section>' if pieces else ""


def _list_texts(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)


def _find_middle(features: list[dict[str, Any]]) -> list[float]:
    poles = [feature["properties"]["pole"] for feature in features]
    return [round(sum(pole[i] for pole in poles) / len(poles), 5) for i in (1, 0)]
