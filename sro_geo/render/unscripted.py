"""What a page shows where its script may not run: one map, one table and a sentence that says why."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sro_geo.render.sheet import list_foot
from sro_geo.render.vector import draw_vector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.model.picture import Ground, Picture


_MOST = 6
"""So many maps are columns of the table."""


def tell_unscripted(
    pictures: Sequence[Picture], ground: Ground, *, words: Mapping[str, str], language: str, titled: bool
) -> str:
    """First map with all it says, and its values beside those of its topic as a table, in markup that needs neither script nor style.

    Parameters
    ----------
    pictures : sequence of Picture
        Maps of the page; the first is drawn.
    ground : Ground
        What they share.
    words : mapping of str to str
        Fixed words of the page.
    language : str
        For the syllables of names.
    titled : bool
        Whether the page itself says the map's title.

    Notes
    -----
    It stands in the page, and the script takes it away. So mail programs, readers without script and strict servers show it,
    and nobody else sees, hears or prints it. It tells only what the page tells, too.
    """
    first = pictures[0]
    title = "" if titled else f"<h2>{escape(first.title)}</h2><p>{escape(first.subtitle)}</p>"
    foot = tell_foot(first, words)
    drawing = draw_vector(first, ground, words=words, language=language)
    table = tell_values([picture for picture in pictures if picture.topic == first.topic][:_MOST], words=words)
    sentence = escape(words["page_script_needed"])
    return f'<section id="unscripted" class="unscripted"><p><strong>{sentence}</strong></p>{title}{drawing}{foot}{table}</section>'


def tell_foot(picture: Picture, words: Mapping[str, str]) -> str:
    """Sentences below a map."""
    return "".join(f"<p>{escape(text)}</p>" for text in list_foot(picture, words))


def tell_values(pictures: Sequence[Picture], *, words: Mapping[str, str]) -> str:
    """Value of each quarter on each map. A border that needs no style.

    Ends of rows and cells, and that a first cell heads its row, go without saying.
    """
    heads = [words["page_quarter"], *(picture.name for picture in pictures)]
    columns = [dict(zip(picture.quarter_ids, picture.labels, strict=True)) for picture in pictures]
    names = zip(pictures[0].quarter_ids, pictures[0].quarter_names, strict=True)
    rows = [
        f"<tr><th>{escape(name)}{''.join(f'<td>{escape(column[key])}' for column in columns)}" for key, name in names
    ]
    head = "".join(f'<th scope="col">{escape(text)}' for text in heads)
    caption = escape(words["page_table"])
    return (
        f'<table border="1" cellpadding="4"><caption>{caption}</caption><thead><tr>{head}<tbody>{"".join(rows)}</table>'
    )
