"""A project file is read whole or not at all; every fault names its line."""

from pathlib import Path

import pytest

from sro_geo.errors import Problem, ProjectError
from sro_geo.model.picture import MapStyle
from sro_geo.project import find_project, find_shipped, read_language, read_project
from sro_geo.project.values import Project
from tests.load_data import make_squares

SMALL = """title = "Atlas"
place = "Musterstadt"
year = 2024

[quarters]
file = "q.geojson"
key = "code"
"""


def lay_project(folder: Path, text: str, *files: str) -> Path:
    """A project folder with boundaries, empty tables of the given names and the text as its project file."""
    folder.mkdir(exist_ok=True)
    (folder / "q.geojson").write_text(make_squares(), encoding="utf-8")
    for name in files:
        (folder / name).write_text("a,b\n1,2\n")
    (folder / "project.toml").write_text(text, encoding="utf-8")
    return folder


def find_problems(folder: Path, text: str, *files: str) -> list[Problem]:
    with pytest.raises(ProjectError) as caught:
        read_project(lay_project(folder, text, *files))
    return list(caught.value.problems)


def find_causes(folder: Path, text: str, *files: str) -> list[tuple[str, int | None]]:
    return [(problem.cause, problem.places[0].row) for problem in find_problems(folder, text, *files)]


def test_the_smallest_project(tmp_path: Path) -> None:
    project = read_project(lay_project(tmp_path / "Mein Quartier-Ärger", SMALL))
    assert (project.slug, project.title, project.place, project.language) == (
        "mein-quartier-aerger",
        "Atlas",
        "Musterstadt",
        "de",
    )
    assert (project.year, project.base_year, project.smallest) == (2024, 2024, 3)
    assert (project.quarters.file.name, project.quarters.key) == ("q.geojson", "code")
    nothing = (
        project.water,
        project.barrier,
        project.group,
        project.population,
        project.coverage,
        project.method,
        project.shock,
    )
    assert nothing == (None,) * 7
    empty = (project.groups, project.indicators, project.offers, project.maps, project.redundancy_kinds, project.notes)
    assert all(len(part) == 0 for part in empty)
    assert project.settings["year"] == 2024
    assert len(project.catalogue.kinds) == 17


def test_another_name_gives_another_slug(tmp_path: Path) -> None:
    folder = lay_project(tmp_path, SMALL)
    (folder / "project.toml").rename(folder / "Bericht 2024.toml")
    assert read_project(folder / "Bericht 2024.toml").slug == "bericht-2024"
    (folder / "Bericht 2024.toml").rename(folder / "….toml")
    assert read_project(folder / "….toml").slug == "projekt"


@pytest.fixture(scope="module")
def musterstadt() -> Project:
    return read_project(find_shipped("analyses/musterstadt"))


def test_the_shipped_example_is_read_in_full(musterstadt: Project) -> None:
    assert musterstadt.groups == {"modellregion": ["08", "09"]}
    assert musterstadt.group == "modellregion"
    assert musterstadt.quarters.sentence_start == "satzanfang"
    assert [order.file.path.name for order in musterstadt.indicators] == ["kennzahlen.csv"]
    assert [order.file.path.name for order in musterstadt.offers] == ["angebote.csv"]
    assert musterstadt.population is not None
    assert musterstadt.coverage is not None
    assert musterstadt.coverage.minutes == (5.0, 10.0, 15.0)
    assert musterstadt.redundancy_minutes == 10.0
    assert musterstadt.method is not None
    assert musterstadt.method.dimensions == {"robustness": 1.0, "redundancy": 1.0, "recovery": 1.0}
    assert musterstadt.method.goalposts["kinder_sgb2"] == (40.0, 0.0)
    assert (musterstadt.method.base_year, musterstadt.method.lowest, musterstadt.method.least_known) == (2017, 1.0, 0.6)
    assert musterstadt.shock is not None
    assert (musterstadt.shock.year, musterstadt.shock.name, musterstadt.shock.indicator) == (
        2018,
        "Werksschließung",
        "kinder_sgb2",
    )
    assert tuple(musterstadt.maps) == ("index", "recovery", "kinder_sgb2", "ohne_kindertageseinrichtung_10")


def test_the_language_may_be_given_from_outside(tmp_path: Path) -> None:
    extra = '[shock]\nyear = 2020\nname = { de = "Flut", en = "flood" }\nindicator = "arbeitslose"\n'
    folder = lay_project(tmp_path, SMALL + extra)
    for language, name in (("de", "Flut"), ("en", "flood")):
        project = read_project(folder, language=language)  # type: ignore[arg-type]  # both are languages
        assert project.shock is not None
        assert (project.language, project.shock.name) == (language, name)


@pytest.mark.parametrize(
    ("text", "language"),
    [('language = "en"', "en"), ('language = "de"', "de"), ("", "de"), ("[[[", "de"), ('language = "fr"', "de")],
)
def test_the_language_is_found_even_in_a_broken_project(tmp_path: Path, text: str, language: str) -> None:
    assert read_language(lay_project(tmp_path, text)) == language
    assert read_language(tmp_path / "nichts") == "de"


def test_a_project_is_a_file_or_its_folder(tmp_path: Path) -> None:
    folder = lay_project(tmp_path, SMALL)
    assert find_project(folder) == find_project(folder / "project.toml") == folder / "project.toml"
    for wrong in (tmp_path / "nichts", tmp_path / "leer"):
        (tmp_path / "leer").mkdir(exist_ok=True)
        with pytest.raises(ProjectError) as caught:
            find_project(wrong)
        assert caught.value.problems[0].cause == "project_missing"


def test_shipped_things_are_found_or_it_is_our_fault() -> None:
    assert find_shipped("geodata/musterstadt/SOURCE.toml").is_file()
    with pytest.raises(FileNotFoundError, match=r"`name` must be shipped with the package; got 'analyses/nichts'"):
        find_shipped("analyses/nichts")


def test_years_in_a_file_name(tmp_path: Path) -> None:
    extra = '[[indicators]]\nfile = "{year}.csv"\nyears = [2019, 2018]\nform = "wide"\nstatus = "geschaetzt"\nkeys = "k.csv"\n[indicators.columns]\nbevoelkerung = "b"\nauslaendisch = { value = "c", denominator = "b" }\n'
    orders = read_project(lay_project(tmp_path, SMALL + extra, "2018.csv", "2019.csv", "k.csv")).indicators
    assert [(order.file.name, order.year, order.status) for order in orders] == [
        ("2019.csv", 2019, "estimated"),
        ("2018.csv", 2018, "estimated"),
    ]
    assert orders[0].keys is not None
    assert {code: (c.value, c.denominator) for code, c in orders[0].columns.items()} == {
        "bevoelkerung": ("b", None),
        "auslaendisch": ("c", "b"),
    }


def test_long_tables_may_have_heads_of_their_own(tmp_path: Path) -> None:
    extra = '[[indicators]]\nfile = "a.csv"\ncolumns = { value = "zahl", year = "stand" }\nstatus = "beispiel"\nkey = "ort"\nyear_column = "x"\nheader_row = 3\ndecimal = ","\nsheet = "S"\n'
    (order,) = read_project(lay_project(tmp_path, SMALL + extra, "a.csv")).indicators
    assert (order.heads, order.status, order.key, order.year_column) == (
        {"value": "zahl", "year": "stand"},
        "example",
        "ort",
        "x",
    )
    assert (order.header_row, order.decimal, order.sheet, order.form) == ([3], ",", "S", "long")


def test_offers_and_population(tmp_path: Path) -> None:
    extra = """
[[offers]]
file = "a.csv"
kind = "schule"
crs = "EPSG:25832"
columns = { name = "titel" }
age_columns = { "0-3" = ["g"] }

[population]
raster = "r.tif"
age_group = "0-6"
"""
    project = read_project(lay_project(tmp_path, SMALL + extra, "a.csv", "r.tif"))
    (order,) = project.offers
    assert (order.kind, order.crs, order.columns, order.age_columns) == (
        "schule",
        "EPSG:25832",
        {"name": "titel"},
        {"0-3": ("g",)},
    )
    assert project.population is not None
    assert project.population.raster is not None
    assert (project.population.raster.name, project.population.age_group, project.population.cells) == (
        "r.tif",
        "0-6",
        None,
    )


def test_context_is_scored_only_with_a_reason(tmp_path: Path) -> None:
    extra = '[reasons]\neinpersonenhaushalte = { text = "Begründung", direction = -1 }\n'
    project = read_project(lay_project(tmp_path, SMALL + extra))
    spec = project.catalogue.specs["einpersonenhaushalte"]
    assert (spec.reason, spec.direction, spec.dimension) == ("Begründung", -1, "robustness")
    assert [(note.cause, note.values["reason"]) for note in project.notes] == [("context_scored", "Begründung")]
    assert find_causes(tmp_path, SMALL + extra.replace("einpersonenhaushalte", "hze_faelle")) == [
        ("reason_not_context", 9)
    ]


def test_an_own_catalogue_is_known_to_the_project(tmp_path: Path) -> None:
    own = '[[indicator]]\ncode = "armut"\nname = { de = "A", en = "A" }\nshort = { de = "A", en = "A" }\nunit = "percent"\n'
    extra = '[catalogue]\nindicators = "i.toml"\n[[map]]\nshows = "armut"\n'
    folder = lay_project(tmp_path, SMALL + extra)
    (folder / "i.toml").write_text(own)
    assert tuple(read_project(folder).maps) == ("armut",)
    (folder / "i.toml").write_text(own + "art = 1\n")
    with pytest.raises(ProjectError) as caught:
        read_project(folder)
    assert [(p.cause, p.places[0].file) for p in caught.value.problems] == [
        ("unknown_key", "i.toml"),
        ("unknown_map", "project.toml"),
    ]


COVERAGE = """
[population]
from = "indicators"

[coverage]
distance = "straight"
detour_factor = 1.3
minutes = [15, 5, 10, 5]
speed_kmh = 4
"""


def test_maps_are_drawn_as_stated_each_walking_limit_alike(tmp_path: Path) -> None:
    wishes = """[[map]]
shows = "coverage"
kind = "schule"
method = "jenks"
classes = 3
offers = "none"
[[map]]
shows = "index"
breaks = [20, 40]
colours = ["#F7FCF5", "#a1d99b", "#00441b"]
"""
    text = SMALL + COVERAGE + wishes + INDEX.format("robustness = 1")
    styles = read_project(lay_project(tmp_path, text)).styles
    assert {code for code in styles if code.startswith("ohne_schule_")} == set(styles) - {"index"}
    assert len(styles) > 2
    assert {styles[code] for code in styles if code != "index"} == {MapStyle(method="jenks", classes=3, offers="none")}
    assert styles["index"] == MapStyle(breaks=(20, 40), colours=("#F7FCF5", "#a1d99b", "#00441b"))


def test_maps_and_walking_limits(tmp_path: Path) -> None:
    extra = (
        COVERAGE
        + '[[map]]\nshows = "coverage"\nkind = "schule"\n[[map]]\nshows = "places"\nkind = "schule"\n[[map]]\nshows = "coverage"\nkind = "spielplatz"\nminutes = 5\n[[map]]\nshows = "index"\n'
        + INDEX.format("robustness = 1")
    )
    project = read_project(lay_project(tmp_path, SMALL + extra))
    assert project.coverage is not None
    assert project.coverage.minutes == (5.0, 10.0, 15.0)
    lines = {code: place.row for code, place in project.maps.items()}
    assert list(lines) == [
        "ohne_schule_15",
        "ohne_schule_5",
        "ohne_schule_10",
        "plaetze_schule",
        "ohne_spielplatz_5",
        "index",
    ]
    shows = [number for number, line in enumerate((SMALL + extra).splitlines(), 1) if line.startswith("shows")]
    assert list(dict.fromkeys(lines.values())) == shows
    assert project.population is not None
    assert (project.population.cells, project.population.raster, project.population.cell_metres) == (None, None, None)


SHOCK = """
[target_groups]
schule = "6-15"
[[suppose]]
kind = "schule"
minutes = 10
close_offers = ["Grundschule"]
dimension = "redundancy"
"""
INDEX = '[index]\nnormalise = "goalposts"\naggregate = "geometric"\nweights = {{ {} }}\n'


def test_sheets_of_quarters_are_written_where_a_project_asks_for_them(tmp_path: Path, musterstadt: Project) -> None:
    assert not musterstadt.profiles
    text = (find_shipped("analyses/musterstadt") / "project.toml").read_text(encoding="utf-8")
    assert "# [report]\n# profiles = true" in text
    text = text.replace("# [report]\n# profiles", "[report]\nprofiles")
    home = find_shipped("geodata").parent.as_posix()
    (tmp_path / "project.toml").write_text(text.replace("../..", home), encoding="utf-8")
    assert read_project(tmp_path).profiles


def test_an_index_has_a_name(tmp_path: Path) -> None:
    project = read_project(lay_project(tmp_path, SMALL + INDEX.format("robustness = 2")))
    assert (project.index_name, project.method.dimensions if project.method else None) == ("Index", {"robustness": 2.0})


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        (SMALL.replace("title", "titel"), [("missing_key", None), ("unknown_key_similar", 1)]),
        (SMALL + "farbe = 1\n", [("unknown_key", 8)]),
        (SMALL + '[[indicators]]\nfile = "a.csv"\nfrom = "wide"\n', [("unknown_key_similar", 10)]),
        (SMALL + "[index]\nnormalise = 1\n", [("wrong_choice", 9), ("missing_key", 8), ("missing_key", 8)]),
        (SMALL.replace("2024", '"2024"'), [("wrong_type_integer", 3)]),
        (SMALL.replace("2024", "2024.5"), [("wrong_type_integer", 3)]),
        (SMALL.replace("2024", "24"), [("out_of_range", 3)]),
        (SMALL + "[disclosure]\nsmallest = 2\n", [("out_of_range", 9)]),
        (SMALL.replace('"Atlas"', "7"), [("wrong_type_text", 1)]),
        (SMALL.replace('"Atlas"', '""'), [("empty_text", 1)]),
        (SMALL + "repair = 1\n", [("wrong_type_bool", 8)]),
        (SMALL + '[groups]\nmodell = "A"\n', [("wrong_type_list", 9)]),
        (SMALL.replace("[quarters]", "[x]"), [("missing_key", None), ("unknown_key", 5)]),
        ("quarters = 1\n" + SMALL.split("[quarters]", maxsplit=1)[0], [("wrong_type_table", 1)]),
        (SMALL + COVERAGE.replace("1.3", "0.9"), [("out_of_range", 14)]),
        (SMALL + COVERAGE.replace("= 4", "= true"), [("wrong_type_number", 16)]),
        (SMALL + COVERAGE.replace("= 4", "= nan"), [("wrong_type_number", 16)]),
        (SMALL + COVERAGE.replace("[15, 5, 10, 5]", "[]"), [("list_too_short", 15)]),
        (SMALL.replace('"Atlas"', "Atlas"), [("toml_broken", 1)]),
        (SMALL + 'name = """offen\n', [("toml_broken", 9)]),
    ],
)
def test_the_form_is_checked(tmp_path: Path, text: str, causes: list[tuple[str, int | None]]) -> None:
    assert find_causes(tmp_path, text) == causes


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        (SMALL.replace("q.geojson", "w.geojson"), [("file_missing", 6)]),
        (SMALL.replace('"code"', '"code"\nkeys = "../k.csv"'), [("file_outside", 8)]),
        (SMALL + '[data]\nallow = ["nichts"]\n', [("allow_missing", 9)]),
        (SMALL + '[water]\nfile = "w"\n[barrier]\nfile = "b"\n', [("file_missing", 9), ("file_missing", 11)]),
        (SMALL + '[[indicators]]\nfile = "{year}.csv"\n', [("slot_without_years", 9)]),
        (SMALL + '[[indicators]]\nfile = "a.csv"\nyears = [2019]\n', [("years_without_slot", 10)]),
        (
            SMALL + '[[indicators]]\nfile = "a.csv"\nform = "wide"\n[indicators.columns]\nbevoelkerung = "E {year}"\n',
            [("slot_without_years", 12)],
        ),
        (
            SMALL
            + '[[indicators]]\nfile = "a.csv"\nform = "wide"\nyears = [2019]\n[indicators.columns]\nbevoelkerung = "E {year}"\n'
            + 'arbeitslose = { numerator = "A {year}", denominator = "P" }\n',
            [("years_without_slot", 14)],
        ),
        (SMALL + '[[indicators]]\nfile = "{year}.csv"\nyears = [2019]\nyear = 2018\n', [("year_and_years", 11), ("file_missing", 9)]),
        (SMALL + '[[indicators]]\nfile = "a.csv"\nform = "wide"\n', [("wide_without_columns", 8)]),
        (SMALL + '[[indicators]]\nfile = "a.csv"\nform = "wide"\ncolumns = { bevoelkerungen = "b" }\n', [("project_unknown_indicator_similar", 11)]),
        (SMALL + '[[indicators]]\nfile = "a.csv"\ncolumns = { wertt = "b", value = { numerator = "c" } }\n', [("unknown_column", 10), ("wrong_type_text", 10)]),
        (SMALL + '[[offers]]\nfile = "a.csv"\nkind = "kita"\n[offers.columns]\nnamee = "x"\n[offers.age_columns]\nKinder = ["a"]\n', [("unknown_column_similar", 12), ("project_unknown_kind", 10), ("wrong_age_group", 14)]),
        (SMALL + "[population]\ncell_metres = 100\n", [("population_one_of", 8)]),
        (SMALL + '[population]\ncells = "a.csv"\nfrom = "indicators"\n', [("population_one_of", 8)]),
        (SMALL + '[population]\nraster = "a.csv"\n', [("missing_key", 8)]),
        (SMALL + '[population]\ncells = "a.csv"\ncell_metres = 100\nmask = "a.csv"\n', [("only_where_spread", 10), ("only_where_spread", 11)]),
        (SMALL + '[population]\nfrom = "indicators"\nmask = "../m.geojson"\n', [("file_outside", 10)]),
        (SMALL + '[population]\nraster = "a.csv"\nage_group = "0-3|3-6"\n', [("wrong_age_group", 10)]),
        (SMALL + '[target_groups]\nschule = "Kinder"\nkino = "0-3"\n', [("project_unknown_kind", 10), ("wrong_age_group", 9)]),
        (SMALL + COVERAGE + '[redundancy]\nkinds = ["schulen"]\nminutes = 12\n', [("project_unknown_kind_similar", 18), ("minutes_not_measured", 19)]),
        (SMALL + '[redundancy]\nkinds = ["schule"]\nminutes = 10\n', [("redundancy_unmeasured", 9), ("section_needed", 8)]),
        (SMALL + COVERAGE + '[target_groups]\nschule = "6-15"\n[[siting]]\nkind = "schule"\nminutes = 10\ncrs = "EPSG:4326"\n', [("missing_key", 19)]),
        (SMALL + COVERAGE + '[target_groups]\nschule = "6-15"\n[[siting]]\nkind = "schule"\nminutes = 10\ncandidates = "b.csv"\n', [("file_missing", 22)]),
        (SMALL + COVERAGE.replace('"straight"', '"table"'), [("section_needed", 13)]),
        (SMALL + COVERAGE.replace('"straight"', '"table"') + '[distances]\nfile = "b.csv"\ncolumns = { ofer = "x" }\n', [("unknown_column_similar", 19), ("file_missing", 18)]),
        (SMALL + COVERAGE + '[[suppose]]\nkind = "schule"\nminutes = 12\n', [("kind_unmeasured", 18), ("minutes_not_measured", 19), ("suppose_nothing", 17)]),
        (SMALL + COVERAGE + '[[suppose]]\nkind = "schule"\nminutes = 10\nfewer_places = 20\n', [("out_of_range", 20)]),
        (SMALL + COVERAGE + '[[suppose]]\nkind = "spielplatz"\nminutes = 10\nopen_at = "Sa"\n', [("kind_unmeasured", 18), ("open_at_unreadable", 20)]),
        (SMALL + COVERAGE + SHOCK, [("section_needed", 24)]),
        (SMALL + COVERAGE + SHOCK + INDEX.format("robustness = 1") + "[index.goalposts]\nannahme_1 = [50, 0]\nannahme_2 = [50, 0]\n", [("project_unknown_indicator_similar", 31), ("missing_key", 28)]),
        (SMALL + COVERAGE + SHOCK + '[[map]]\nshows = "annahme_1"\n[[map]]\nshows = "annahme_2"\n', [("section_needed", 24), ("unknown_map_similar", 28)]),
        (SMALL + COVERAGE + SHOCK.replace("[[suppose]]", '[[suppose]]\ncode = "bau"') + INDEX.format("redundancy = 1") + '[index.goalposts]\nannahme_bau = [50, 0]\n[[map]]\nshows = "annahme_bau"\n[[map]]\nshows = "annahme_1"\n', [("section_needed", 29), ("unknown_map_similar", 35)]),
        (SMALL + COVERAGE + SHOCK + SHOCK.replace("[[suppose]]", '[[suppose]]\ncode = "Bau"').split('"6-15"', 1)[1], [("wrong_code", 27)]),
        (SMALL + '[[siting]]\nkind = "schule"\nminutes = 10\n', [("kind_unmeasured", 9), ("section_needed", 8)]),
        (SMALL + COVERAGE + '[target_groups]\nschule = "6-15"\n[[siting]]\nkind = "schule"\nminutes = 12\n[[siting]]\nkind = "schulen"\nminutes = 5\n[[siting]]\nkind = "hze_ambulant"\nminutes = 5\n', [("minutes_not_measured", 21), ("project_unknown_kind_similar", 23), ("kind_not_walked", 26)]),
        (SMALL + COVERAGE + "weights = [1, 0.5, 0.2]\n", [("missing_key", 12), ("weights_unfit", 17)]),
        (SMALL + COVERAGE + 'sharing = "balanced"\nweights = [0, 0]\n', [("weights_unfit", 18)]),
        (SMALL + COVERAGE + '[[map]]\nshows = "sharing"\nkind = "schule"\n', [("missing_key", 12)]),
        (SMALL + COVERAGE.replace('[population]\nfrom = "indicators"\n', ""), [("section_needed", 10)]),
        (SMALL + INDEX.format("recovery = 1, redundancy = 1"), [("section_needed", 11), ("section_needed", 11)]),
        (SMALL + INDEX.format(""), [("no_weights", 11)]),
        (SMALL + INDEX.format("robustness = 1") + "[index.goalposts]\nkinder_sgb = [1, 2]\n[index.indicators]\nxyz = 1\n", [("project_unknown_indicator", 15), ("project_unknown_indicator_similar", 13)]),
        (SMALL + '[shock]\nyear = 2030\nname = "x"\nindicator = "xyz"\n', [("project_unknown_indicator", 11), ("shock_after_year", 9)]),
        (SMALL + '[compare]\ngroup = "modell"\n[groups]\nmodellregion = ["01"]\n', [("unknown_group_similar", 9)]),
        (SMALL + '[compare]\ngroup = "modell"\n', [("unknown_group", 9)]),
        (SMALL + '[reasons]\nxyz = { text = "x", direction = 1 }\n', [("project_unknown_indicator", 9)]),
        (SMALL + '[[map]]\nshows = "indexx"\n[[map]]\nshows = "xyz"\n[[map]]\nshows = "coverage"\n[[map]]\nshows = "places"\nkind = "kino"\nminutes = 5\n', [("unknown_map_similar", 9), ("unknown_map", 11), ("section_needed", 13), ("missing_key", 12), ("section_needed", 15), ("project_unknown_kind", 16)]),
        (SMALL + COVERAGE + '[[map]]\nshows = "places"\nkind = "kino"\nminutes = 6\n', [("project_unknown_kind", 19), ("minutes_not_measured", 20)]),
        (SMALL + '[[map]]\nshows = "index"\n[[map]]\nshows = "recovery"\n', [("section_needed", 9), ("section_needed", 11)]),
        (SMALL + '[catalogue]\nindicators = "i.toml"\noffer_kinds = "../k.toml"\n', [("file_missing", 9), ("file_outside", 10)]),
    ],
)  # fmt: skip
def test_what_the_sections_ask_of_each_other(tmp_path: Path, text: str, causes: list[tuple[str, int | None]]) -> None:
    (tmp_path / "k.csv").touch()
    (tmp_path / "k.toml").touch()
    assert find_causes(tmp_path / "p", text, "a.csv") == causes


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = (
        SMALL.replace("q.geojson", "w.geojson")
        + '[compare]\ngroup = "x"\n[[offers]]\nfile = "o.csv"\n[[map]]\nshows = "zzz"\n'
    )
    assert [cause for cause, _ in find_causes(tmp_path, text)] == [
        "unknown_group",
        "unknown_map",
        "file_missing",
        "file_missing",
    ]


def test_folders_beside_need_permission_and_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "q.geojson").write_text(make_squares())
    text = SMALL.replace("q.geojson", "../data/q.geojson")
    assert find_causes(tmp_path / "p", text) == [("file_outside", 6)]
    project = read_project(lay_project(tmp_path / "p", text + '[data]\nallow = ["../data"]\n'))
    assert project.quarters.file.name == "../data/q.geojson"
    (tmp_path / "p" / "q.geojson").unlink()
    (tmp_path / "p" / "link.geojson").symlink_to(tmp_path / "data" / "q.geojson")
    assert find_causes(tmp_path / "p", SMALL.replace("q.geojson", "link.geojson")) == [("file_outside", 6)]


def test_a_file_that_is_not_utf8_names_its_line(tmp_path: Path) -> None:
    folder = lay_project(tmp_path, SMALL)
    (folder / "project.toml").write_bytes(SMALL.replace("Musterstadt", "Münster").encode("cp1252"))
    with pytest.raises(ProjectError) as caught:
        read_project(folder)
    assert [(p.cause, p.places[0].row) for p in caught.value.problems] == [("toml_not_utf8", 2)]


def test_the_language_of_a_file_that_nests_too_deep_is_german(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text("a = " + "[" * 5000, encoding="utf-8")
    assert read_language(tmp_path) == "de"
