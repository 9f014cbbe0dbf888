"""The shipped vocabulary, and what a planner may add to it."""

from pathlib import Path

import pytest

from sro_geo.errors import DataError
from sro_geo.load.catalogue import read_catalogue
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.counts import NOBODY, parse_count
from tests.load_data import CATALOGUE, write

KINDS = [
    "kindertageseinrichtung",
    "kindertagespflege",
    "familienbildung",
    "fruehe_hilfen",
    "jugendarbeit",
    "jugendsozialarbeit",
    "schulsozialarbeit",
    "erziehungsberatung",
    "hze_ambulant",
    "hze_teilstationaer",
    "vollzeitpflege",
    "hze_stationaer",
    "eingliederungshilfe",
    "inobhutnahme",
    "begegnungsstaette",
    "spielplatz",
    "schule",
]
OWN = '[[indicator]]\ncode = "{}"\nname = {{ de = "Name", en = "name" }}\nshort = {{ de = "N", en = "n" }}\nunit = "percent"\n'
OWN_KIND = '[[kind]]\ncode = "{}"\nname = {{ de = "a", en = "a" }}\nshort = {{ de = "a", en = "a" }}\nplural = {{ de = "a", en = "a" }}\nnone = {{ de = "a", en = "a" }}\n'


def test_all_kinds_of_the_start_set() -> None:
    kinds = CATALOGUE.kinds
    assert list(kinds) == KINDS
    assert [code for code, kind in kinds.items() if kind.protected_address] == [
        "vollzeitpflege",
        "hze_stationaer",
        "inobhutnahme",
    ]
    assert [code for code, kind in kinds.items() if not kind.reach] == [
        "kindertagespflege", "hze_ambulant", "hze_teilstationaer", "vollzeitpflege", "hze_stationaer", "eingliederungshilfe", "inobhutnahme",
    ]  # fmt: skip
    assert [code for code, kind in kinds.items() if kind.by_area] == ["kindertagespflege"]
    assert [kinds[code].symbol for code in ("kindertageseinrichtung", "jugendarbeit", "familienbildung")] == [
        "circle",
        "triangle",
        "square",
    ]
    assert all(
        set(text) == {"de", "en"} for kind in kinds.values() for text in (kind.name, kind.short, kind.plural, kind.none)
    )


@pytest.mark.parametrize(
    ("code", "direction"),
    [
        ("umzugsvolumen", -1),
        ("wanderungssaldo", 1),
        ("kinder_sgb2", -1),
        ("arbeitslose", -1),
        ("wohndauer_5", 1),
        ("sprachfoerderung", -1),
    ],
)
def test_robustness_has_directions_and_goalposts_that_agree(code: str, direction: int) -> None:
    spec = CATALOGUE.specs[code]
    assert (spec.direction, spec.dimension, spec.context) == (direction, "robustness", False)
    assert spec.goalposts is not None
    worst, best = spec.goalposts
    assert (best - worst) * direction > 0


def test_who_lives_there_is_never_scored_and_a_right_is_no_fault() -> None:
    scored = [code for code, spec in CATALOGUE.specs.items() if spec.direction != 0]
    assert not any(CATALOGUE.specs[code].context for code in scored)
    assert CATALOGUE.specs["hze_faelle"].direction == 0
    assert {spec.dimension for spec in CATALOGUE.specs.values() if spec.derived} == {"redundancy", "recovery"}
    for code in (
        "bevoelkerung",
        "auslaendisch",
        "einpersonenhaushalte",
        "haushalte_mit_kindern",
        "alter_0_3",
        "alter_65_plus",
    ):
        assert CATALOGUE.specs[code].context


def test_age_groups_describe_themselves() -> None:
    assert CATALOGUE.specs["alter_6_15"].age_group == "6-15"
    assert CATALOGUE.specs["alter_75_plus"].name == {"de": "Menschen ab\u00a075", "en": "People aged 75 and over"}


def test_an_own_catalogue_adds(tmp_path: Path) -> None:
    indicators = write(tmp_path, "i.toml", OWN.format("armut") + '[age_groups]\nbands = ["0-4", "0-3"]\n')
    kinds = write(tmp_path, "k.toml", OWN_KIND.format("mobil") + 'target_group = "6-27"\n')
    own = read_catalogue(indicators=indicators, offer_kinds=kinds)
    assert set(own.specs) - set(CATALOGUE.specs) == {"armut", "alter_0_4"}
    assert own.kinds["mobil"].target_group == "6-27"
    assert [source.file for source in own.sources] == ["i.toml", "k.toml"]
    assert [note.cause for note in own.notes] == ["denominator_untold"]


def test_every_shipped_indicator_tells_what_it_counts() -> None:
    assert CATALOGUE.notes == ()
    specs = CATALOGUE.specs
    assert [code for code, spec in specs.items() if spec.unit in UNIT_FACTOR and spec.denominator is None] == [
        "angebote_in_reichweite"  # computed: it counts no persons that a table gives
    ]
    told = {code: specs[code].denominator for code in ("kinder_sgb2", "auslaendisch", "einpersonenhaushalte")}
    assert told == {
        "kinder_sgb2": parse_count("0-15"),
        "auslaendisch": parse_count("all"),
        "einpersonenhaushalte": parse_count("haushalte"),
    }


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("bevoelkerung", "all"),
        ("alter_0_3", "0-3"),
        ("zuzuege", "zuzuege"),
        ("umzugsvolumen", "zuzuege + wegzuege"),
        ("kinder_sgb2", "kinder_sgb2"),
        ("erholung", "none"),
    ],
)
def test_what_is_counted_follows_from_what_is_told(code: str, count: str) -> None:
    assert CATALOGUE.specs[code].counts == parse_count(count)


def test_a_balance_that_tells_nothing_counts_nobody(tmp_path: Path) -> None:
    text = OWN.format("saldo") + "signed = true\n"
    assert not read_catalogue(indicators=write(tmp_path, "i.toml", text)).specs["saldo"].counts.persons


def test_what_an_own_indicator_counts_is_read(tmp_path: Path) -> None:
    text = OWN.format("fahrraeder").replace("percent", "number") + 'numerator = "none"\n'
    text += OWN.format("jung_alt") + 'numerator = "0-3 + 65+"\ndenominator = "all"\n'
    own = read_catalogue(indicators=write(tmp_path, "i.toml", text))
    assert own.notes == ()
    assert own.specs["fahrraeder"].counts == NOBODY
    assert own.specs["jung_alt"].counts == parse_count("0-3 + 65+")
    assert own.specs["jung_alt"].denominator == parse_count("all")


@pytest.mark.parametrize("mark", ["by_area", "protected_address"])
def test_a_kind_that_is_never_a_point_is_not_walked_to(tmp_path: Path, mark: str) -> None:
    text = OWN_KIND.format("mobil") + f"{mark} = true\n"
    assert read_catalogue(offer_kinds=write(tmp_path, "k.toml", text)).kinds["mobil"].reach is False
    with pytest.raises(DataError) as caught:
        read_catalogue(offer_kinds=write(tmp_path, "k.toml", text + "reach = true\n"))
    assert [(p.cause, p.places[0].row) for p in caught.value.problems] == [("kind_without_point", 8)]


def test_an_own_catalogue_replaces_only_on_purpose(tmp_path: Path) -> None:
    text = OWN.format("bevoelkerung")
    with pytest.raises(DataError) as caught:
        read_catalogue(indicators=write(tmp_path, "i.toml", text))
    (problem,) = caught.value.problems
    assert (problem.cause, problem.places[0].row) == ("code_known_already", 2)
    own = read_catalogue(indicators=write(tmp_path, "i.toml", text + "replace = true\n"))
    assert own.specs["bevoelkerung"].unit == "percent"
    assert [note.cause for note in own.notes] == ["code_replaced", "denominator_untold"]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (OWN.format("Armut"), [("wrong_code", 2)]),
        (OWN.format("armut").replace("percent", "prcent"), [("unit_untold_similar", 5)]),
        (OWN.format("armut") + "richtung = 1\n", [("unknown_key", 6)]),
        (OWN.format("armut") + "directoin = 1\n", [("unknown_key_similar", 6)]),
        (OWN.format("armut") + "goalposts = [1]\n", [("list_too_short", 6)]),
        (OWN.format("armut") + "digits = 9\n", [("out_of_range", 6)]),
        (OWN.format("armut").replace(', en = "name"', ""), [("missing_key", 3)]),
        (OWN.format("armut").replace("percent", "number"), [("number_untold", 2)]),
        (OWN.format("armut") + 'numerator = "none"\ndenominator = "0-3 + all"\n', [("wrong_count", 7)]),
        ('[age_groups]\nbands = ["3-3"]\n', [("wrong_age_group", 2)]),
    ],
)
def test_faults_of_an_own_catalogue(tmp_path: Path, content: str, problems: list[tuple[str, int]]) -> None:
    with pytest.raises(DataError) as caught:
        read_catalogue(indicators=write(tmp_path, "i.toml", content))
    assert [(p.cause, p.places[0].row) for p in caught.value.problems] == problems


def test_the_faults_of_both_files_are_told_at_once(tmp_path: Path) -> None:
    kinds = write(
        tmp_path, "k.toml", OWN_KIND.format("mobil") + 'target_group = "Jugend"\n' + OWN_KIND.format("schule")
    )
    broken = write(tmp_path, "i.toml", "[[indicator]\n")
    with pytest.raises(DataError) as caught:
        read_catalogue(indicators=broken, offer_kinds=kinds)
    assert [p.cause for p in caught.value.problems] == ["toml_broken", "wrong_age_group", "code_known_already"]
    with pytest.raises(DataError) as caught:
        read_catalogue(offer_kinds=write(tmp_path, "k.toml", "kind = 1\n"))
    assert [p.cause for p in caught.value.problems] == ["wrong_type_list"]


def test_breaks_in_a_series_have_a_year_and_a_reason_and_stand_by_year(tmp_path: Path) -> None:
    text = (
        OWN.format("armut")
        + 'series_breaks = [{ year = 2022, reason = "Gesetz" }, { year = 2011, reason = { de = "Zensus", en = "census" } }]\n'
    )
    breaks = read_catalogue(indicators=write(tmp_path, "k.toml", text)).specs["armut"].series_breaks
    assert [(one.year, one.reason) for one in breaks] == [
        (2011, {"de": "Zensus", "en": "census"}),
        (2022, {"de": "Gesetz", "en": "Gesetz"}),
    ]


@pytest.mark.parametrize(
    ("entry", "cause", "key"),
    [
        ("{ year = 2022 }", "missing_key", "reason"),
        ('{ year = 2022, reason = " " }', "empty_text", "reason.de"),
        ('{ reason = "Gesetz" }', "missing_key", "year"),
        ('{ year = 22, reason = "Gesetz" }', "out_of_range", "year"),
    ],
)
def test_a_break_without_its_reason_or_year_is_refused_by_line(
    tmp_path: Path, entry: str, cause: str, key: str
) -> None:
    with pytest.raises(DataError) as raised:
        read_catalogue(indicators=write(tmp_path, "k.toml", OWN.format("armut") + f"series_breaks = [{entry}]\n"))
    problem = raised.value.problems[0]
    assert (problem.cause, problem.values["key"]) == (cause, f"indicator.1.series_breaks.1.{key}")
    assert problem.places[0].row == 6
