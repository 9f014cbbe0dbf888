"""A map for other people's pages: in a frame of its own, or as markup that needs no script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

from sro_geo.render.grey import grey_out
from sro_geo.render.interactive import compose_map
from sro_geo.render.pages import join_page
from sro_geo.render.pieces import read_patterns
from sro_geo.render.static import draw_figure
from sro_geo.render.unscripted import tell_foot, tell_values
from sro_geo.render.vector import draw_vector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from branca.element import Element

    from sro_geo.model.picture import Ground, Picture

USUAL = 760
"""Pixels of a frame until its page has told how high it is."""

LISTENER = (
    '<script>addEventListener("message",(e)=>{for(const f of document.querySelectorAll("iframe.sro-map"))'
    'if(e.source===f.contentWindow&&e.data&&e.data.sroGeoHeight>0)f.style.height=e.data.sroGeoHeight+"px"})</script>'
)
"""Gives every frame of ours the height that its page tells."""

_STYLE = (
    "{0},{0} *{{all:revert-layer}}"
    '{0}{{all:initial;display:flow-root;clear:both;background:#ffffff;color:#1b1f23;font:14px/1.45 "Segoe UI",Roboto,"Noto Sans",'
    '"Helvetica Neue",Arial,sans-serif}}'
    "{0} p{{margin:0 0 4px}}{0} svg{{display:block;height:auto;max-height:640px}}{0} .patterns{{position:absolute}}"
    "{0} caption{{display:none}}{0} table{{border-collapse:collapse}}{0} th{{font-weight:400;text-align:left}}"
)
"""Whatever the page around says of paragraphs, tables and pictures ends at the fragment."""

_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyMap:
    """One map of a study, to be put into a report, a notebook or a page; `draw_maps` makes them.

    Attributes
    ----------
    picture : Picture
        What is drawn.
    ground : Ground
        On what.
    words : mapping of str to str
        Fixed words of the page.
    language : str
        For the syllables of names.
    labels : mapping
        Places of its labels, those of the atlas.

    Examples
    --------
    >>> from sro_geo import StudyMap, draw_maps, find_shipped, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> one = draw_maps(study)["index"]
    >>> isinstance(one, StudyMap), one.to_figure()[1:4]
    (True, b'PNG')
    """

    picture: Picture
    ground: Ground
    words: Mapping[str, str]
    language: str
    labels: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What the map is called."""
        return self.picture.title

    def to_page(self, *, layers: Sequence[Element] = (), unpacked: bool = False) -> str:
        """Page of its own: one file that needs no other and asks no server.

        Parameters
        ----------
        layers : sequence of folium layers
            Drawn above the quarters, in degrees: GeoJson, PolyLine, Polygon, CircleMarker, Marker with a DivIcon.
        unpacked : bool
            Whether data and scripts can be read by eye; else they are compressed.

        Raises
        ------
        ValueError
            If a layer asks a server for a script, a style, a picture or tiles; it names what it asks for.
        """
        parts = compose_map(
            self.picture, self.ground, words=self.words, language=self.language, labels=self.labels, layers=layers
        )
        return join_page(parts, unpacked=unpacked)

    def to_iframe(self, *, height: int | Literal["auto"] = "auto", layers: Sequence[Element] = ()) -> str:
        """The page in a frame, as markup for another page; what runs inside can reach nothing outside.

        Parameters
        ----------
        height : int or "auto"
            Pixels; or as high as the page in it tells, which a short script beside the frame hears.
        layers : sequence of folium layers
            As in `to_page`.

        Raises
        ------
        ValueError
            As in `to_page`.
        """
        page, high = self.to_page(layers=layers), USUAL if height == "auto" else height
        return (
            f'<iframe class="sro-map" sandbox="allow-scripts allow-downloads" title="{escape(self.title)}" width="100%" '
            f'height="{high}" style="border:0" srcdoc="{escape(page)}"></iframe>{LISTENER if height == "auto" else ""}'
        )

    def to_fragment(self, *, prefix: str | None = None) -> str:
        """The map as SVG with title, sentences and table: markup for another page that needs no script.

        Parameters
        ----------
        prefix : str or None
            Begins every id: a letter, then letters, digits, `-` and `_`. Without it each fragment of a process gets its own.

        Raises
        ------
        ValueError
            If the prefix can't begin an id.

        Notes
        -----
        Its style holds for itself alone, and rules of the page around end at it. Mail programs and strict servers, which
        drop the style, still show map and table.
        """
        own = prefix or f"sro-{self.picture.slug}-{next(_numbers)}"
        if not re.fullmatch(r"[A-Za-z][\w-]*", own, re.ASCII):
            raise ValueError(f"`prefix` must be a letter and then letters, digits, - and _; got {prefix!r}")
        words, first = self.words, self.picture
        drawing = draw_vector(first, self.ground, words=words, language=self.language, prefix=own, printed=True)
        subtitle = f"<p>{escape(first.subtitle)}</p>" if first.subtitle else ""
        return (
            f'<div id="{escape(own)}" class="sro-fragment" lang="{escape(self.language)}">'
            f"<style>{_STYLE.format(''.join([f'#{own}'] * 3))}</style>{read_patterns(own)}"
            f"<p><strong>{escape(first.title)}</strong></p>{subtitle}{drawing}{tell_foot(first, words)}"
            f"<details><summary>{escape(words['page_table'])}</summary>{tell_values([first], words=words)}</details></div>"
        )

    def to_figure(self, form: Literal["png", "svg", "pdf"] = "png", *, grey: bool = False) -> bytes:
        """The map as a picture for Word and print, 18 cm wide; `grey` for paper without colour."""
        picture = grey_out(self.picture) if grey else self.picture
        return draw_figure(picture, self.ground, words=self.words, language=self.language, form=form)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.to_iframe()
