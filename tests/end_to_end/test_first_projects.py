"""Whatever `check` passes runs to pages: small projects with every choice; in the long checks every pair of choices meets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.errors import ProjectError
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study
from sro_geo.text.speaker import Speaker
from tests.small_projects import CHOICES, list_projects, write_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LEAST = {name: choices[0] for name, choices in CHOICES.items()}
COUNT = {"one": 1, "two": 2, "many": 6}


@pytest.fixture(scope="module", params=[1, pytest.param(2, marks=pytest.mark.long)])
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[dict[str, str], Path]]:
    """Every project with its finished folder."""
    done = []
    for project in list_projects(together=request.param):
        folder = tmp_path_factory.mktemp("projekt")
        write_project(folder, project)
        write_study(run_study(open_project(folder)), folder=folder / "maps")
        done.append((project, folder / "maps"))
    return done


def test_pages_speak_of_bridges_only_where_there_are_barriers(written: list[tuple[dict[str, str], Path]]) -> None:
    told = set()
    for project, folder in written:
        page = (folder / "index.html").read_text(encoding="utf-8")
        bridges, open_ways = "nur über Brücken überquert" in page, "halten in dieser Rechnung niemanden auf" in page
        walked = "Luftlinie mal" in page
        assert (bridges, open_ways) == (walked and project["water"] == "yes", walked and project["water"] == "no"), (
            project
        )
        told.add((bridges, open_ways))
    assert told == {(True, False), (False, True), (False, False)}


def test_every_choice_runs_to_pages(written: list[tuple[dict[str, str], Path]]) -> None:
    assert {pair for project, _ in written for pair in project.items()} == {
        (name, choice) for name, choices in CHOICES.items() for choice in choices
    }
    for project, folder in written:
        assert (folder / "index.html").stat().st_size > 0, project
        maps = sorted(path.stem for path in (folder / "maps").glob("*.html"))
        wanted = {"one": ["kinder_sgb2"], "count": ["bevoelkerung"]}.get(project["maps"])
        assert maps == wanted if wanted else maps, project


@pytest.mark.long
@pytest.mark.browser
def test_their_pages_work(
    written: list[tuple[dict[str, str], Path]], open_page: Callable[..., tuple[Any, Any]]
) -> None:
    kinds = {(project["values"], project["coverage"]): (project, folder) for project, folder in written}
    assert len(kinds) >= 4
    for project, folder in kinds.values():
        page, record = open_page(folder / "index.html")
        assert record.errors == [], project
        many = COUNT[project["quarters"]]
        assert page.locator("path[data-quarter]").count() == many
        assert page.locator("#ranking-table tbody tr").count() == many
        assert "undefined" not in page.inner_text("body")
        assert "NaN" not in page.content().split("</script>")[-1]
        page.locator("path[data-quarter]").last.focus()
        page.keyboard.press("Enter")
        assert page.inner_text("#profile h2").startswith(f"Viertel {many:02d}")
        if project["values"] == "none" and project["coverage"] == "no":
            assert page.inner_text("#map-title") == "Quartiere und ihre Schlüssel"
        page.context.close()


@pytest.mark.parametrize(
    ("choices", "shows", "told"),
    [
        ({"values": "rates"}, 'shows = "hze_faelle"', "hze_faelle"),
        ({"values": "counts", "index": "none"}, 'shows = "kinder_sgb2"', "kinder_sgb2"),
        (
            {"values": "counts", "population": "totals", "coverage": "yes"},
            'shows = "coverage"\nkind = "schule"\nminutes = 5',
            "ohne_schule_5",
        ),
    ],
)
def test_a_map_that_can_show_nothing_is_told_by_name_and_line(
    tmp_path: Path, choices: dict[str, str], shows: str, told: str
) -> None:
    folder = write_project(tmp_path, {**LEAST, **choices})
    file = folder / "project.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}[[map]]\n{shows}\n", encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        run_study(open_project(folder))
    message = Speaker("de").problems(caught.value.problems)
    line = len(text.splitlines()) + 2
    assert message.startswith(
        f"1 Problem\n\nDie Karte {told} hätte nichts zu zeigen. Für 2024 ist dazu kein Wert bekannt."
    )
    assert f"Wo: project.toml, Zeile {line}\n" in message
