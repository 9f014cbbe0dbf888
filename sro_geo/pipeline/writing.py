"""A study written as a folder: page, maps, figures, sheets of quarters, tables, GeoPackage, protocol."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sro_geo.pipeline.alike import find_alike
from sro_geo.render.brief import BRIEF_WORDS, draw_briefs
from sro_geo.render.curves import draw_curves
from sro_geo.render.embedding import StudyMap
from sro_geo.render.grey import grey_out
from sro_geo.render.interactive import compose_atlas, compose_map
from sro_geo.render.page import PAGE_WORDS, place_atlas
from sro_geo.render.pages import join_page, split_page
from sro_geo.render.static import FORMS, draw_figures
from sro_geo.report.atlas import describe_atlas, make_atlas
from sro_geo.report.briefs import make_briefs
from sro_geo.report.curves import list_curves
from sro_geo.report.folder import parse_folder, publish_folder
from sro_geo.report.geopackage import write_geopackage
from sro_geo.report.mark import PROTOCOL
from sro_geo.report.protocol import format_protocol
from sro_geo.report.tables import format_csv, list_tables
from sro_geo.report.workbook import WORKBOOK, format_workbook
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from sro_geo.model.atlas import AtlasData
    from sro_geo.model.picture import Picture
    from sro_geo.model.study import Study
    from sro_geo.render.pages import Parts


def write_study(
    study: Study,
    *,
    folder: str | Path,
    keep_out: Collection[Path] = (),
    split: bool = False,
    unpacked: bool = False,
    step: Callable[[str], None] = lambda _: None,
) -> None:
    """Write a study's folder, complete or not at all.

    Parameters
    ----------
    study : Study
        A finished study.
    folder : str or Path
        Folder to write. Of an earlier run's folder every file is replaced that is as that run left it.
    keep_out : collection of Path
        Files that must not lie in what is replaced: those that the study was read from.
    split : bool
        Whether script, style and data of the pages lie in files beside them, for servers that allow none within.
    unpacked : bool
        Whether the data of the pages can be read by eye; else they are compressed.
    step : callable
        Gets the name of each step as it begins.

    Raises
    ------
    ProjectError
        If the folder holds anything that no run wrote or that was changed since, is busy or not writable.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from dataclasses import replace
    >>> from sro_geo import find_shipped, read_project, run_study, write_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> study = replace(study, about=replace(study.about, maps=("index",)))  # one map alone
    >>> with TemporaryDirectory() as home:
    ...     write_study(study, folder=Path(home) / "musterstadt")
    ...     print(*sorted(path.name for path in (Path(home) / "musterstadt").iterdir()))
    .sro-geo.json figures index.html maps protocol.json study.gpkg tables tables.xlsx
    """
    voice = speak_of(study.about)
    publish_folder(
        parse_folder(str(folder)),
        write=lambda building: _fill(
            study, building, page=partial(_write_page, split=split, unpacked=unpacked), step=step
        ),
        keep_out=keep_out,
        internal=study.about.internal,
    )
    step(voice.say("step_publish"))


def draw_profiles(study: Study) -> Iterator[tuple[str, bytes]]:
    """Sheet of each quarter as PDF, one side of A4, behind the name for its file: key and name of the quarter.

    Parameters
    ----------
    study : Study
        A finished study.

    Notes
    -----
    Its numbers are those of the atlas, as that shows them; what is withheld there is withheld here. Same study, same bytes.
    Sheets are drawn one by one, when they are asked for.

    Examples
    --------
    >>> from sro_geo import draw_profiles, find_shipped, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> name, content = next(draw_profiles(study))
    >>> name, content[:5]
    ('01-altstadt-nord', b'%PDF-')
    """
    data = _make_atlas(study)
    return draw_briefs(make_briefs(study, data), data)


def draw_maps(study: Study) -> dict[str, StudyMap]:
    """Every map of a study's atlas by its code, to be put into reports, notebooks and pages of one's own.

    Parameters
    ----------
    study : Study
        A finished study.

    Notes
    -----
    They show what the atlas shows; what is withheld there is withheld here.

    Examples
    --------
    >>> from sro_geo import draw_maps, find_shipped, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> maps = draw_maps(study)
    >>> maps["index"].title
    'Resilienzindex'
    >>> maps["index"].to_iframe()[:64], maps["index"].to_fragment(prefix="karte")[:16]
    ('<iframe class="sro-map" sandbox="allow-scripts allow-downloads" ', '<div id="karte" ')
    """
    data = _make_atlas(study)
    labels = place_atlas(data)
    return {
        view.picture.slug: StudyMap(
            picture=view.picture, ground=data.ground, words=data.words, language=data.language, labels=labels
        )
        for view in data.views
    }


def _make_atlas(study: Study) -> AtlasData:
    return make_atlas(study, page_words=(*PAGE_WORDS, *BRIEF_WORDS), alike=find_alike(study))


def _fill(study: Study, folder: Path, *, page: Callable[..., None], step: Callable[[str], None]) -> None:
    voice = speak_of(study.about)
    step(voice.say("step_page"))
    data = _make_atlas(study)
    labels = place_atlas(data)
    page(folder / "index.html", compose_atlas(data, labels=labels))
    step(voice.say("step_maps"))
    pictures = _choose_pictures(study, data)
    for picture in pictures:
        parts = compose_map(picture, data.ground, words=data.words, language=voice.language, labels=labels)
        page(folder / "maps" / f"{picture.slug}.html", parts, shared="../")
        grey = {f"{picture.slug}-{voice.say('grey')}": grey_out(picture)} if study.about.grey else {}
        for name, one in {picture.slug: picture, **grey}.items():
            figures = draw_figures(one, data.ground, words=data.words, forms=FORMS, language=voice.language)
            for form, content in figures.items():
                _write_bytes(folder / "figures" / f"{name}.{form}", content)
    for curve in list_curves(study):
        for form in ("svg", "png"):
            _write_bytes(folder / "figures" / f"{curve.slug}.{form}", draw_curves(curve, voice=voice, form=form))
    if study.about.profiles:
        step(voice.say("step_profiles"))
        for slug, content in draw_briefs(make_briefs(study, data), data):
            _write_bytes(folder / "steckbriefe" / f"{slug}.pdf", content)
    step(voice.say("step_tables"))
    tables = list_tables(study)
    for name, table in tables.items():
        _write_text(folder / "tables" / f"{name}.csv", format_csv(table, voice=voice))
    _write_bytes(folder / WORKBOOK, format_workbook(study, tables))
    write_geopackage(study, folder / "study.gpkg", ground=data.ground, picture=pictures[0])
    _write_text(folder / PROTOCOL, format_protocol(study, digests=describe_atlas(data)))


def _choose_pictures(study: Study, data: AtlasData) -> list[Picture]:
    """Maps that the project file names, or all."""
    wanted = study.about.maps
    return [view.picture for view in data.views if not wanted or view.picture.slug in wanted]


def _write_page(path: Path, parts: Parts, *, split: bool, unpacked: bool, shared: str = "") -> None:
    """Page as one file, or with its script, style and data beside it."""
    page, files = split_page(parts, shared=shared, unpacked=unpacked) if split else (None, {})
    _write_text(path, page or join_page(parts, unpacked=unpacked))
    for name, content in files.items():
        _write_text(path.parent / name, content)


def _write_text(path: Path, text: str) -> None:
    _write_bytes(path, text.encode())


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
