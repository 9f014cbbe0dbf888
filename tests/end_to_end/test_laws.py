"""What a planner reads is what was computed: sentences, ranks, axes, differences."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.coverage.reach import as_coverage_indicators
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.pipeline.measuring import measure_offers
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from sro_geo.pipeline.writing import _make_atlas
from sro_geo.render.pages import read_page
from sro_geo.report.briefs import make_briefs
from sro_geo.report.explanation import explain_quarter
from tests.studies import ROOT
from tests.told import NUMBER, SCORES, find_numbers, list_values, read_number, round_up, write_sign

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.study import Study
    from tests.told import Told

KNOWN = ("observed", "estimated", "not_hit")
SAID = re.compile(rf"(?:(?:sind|ist) es|erreich(?:en|t)) \(?({NUMBER})(\s%)?")
REASONS = {
    "suppressed": r"\bgeheim\b",
    "missing": r"\bkeine Angabe\b",
    "later": r"\bnoch (?:aus|nicht)\b",
    "not_applicable": r"\bnicht sinnvoll\b",
    "too_few": r"\bzu wenig",
}
"""Words that tell why there is no value; none of them may stand for another reason."""


def name_reason(code: str, status: str) -> str:
    return "too_few" if code in SCORES and status == "missing" else status


def test_a_sentence_tells_the_table_s_number_and_the_city_s(told: Told) -> None:
    checked = 0
    for code, view, values in told.views:
        spec = told.study.specs[code]
        city: Any = told.study.city.loc[code, "value"]
        expected = [] if pd.isna(city) else [round_up(city, digits=spec.digits)]
        for quarter, row in values.dropna(subset="value").iterrows():
            sentence = view["sentences"][quarter].replace("\u00a0", " ")
            said = SAID.findall(sentence)
            numbers = [round_up(row["value"], digits=spec.digits), *expected]
            assert len(said) == len(numbers), sentence
            for (number, percent), allowed in zip(said, numbers, strict=True):
                assert read_number(number) in allowed, (code, sentence, row["value"], city)
                assert bool(percent) == (spec.unit == "percent"), sentence
                assert not re.fullmatch(r"−0(,0+)?", number), sentence
            assert told.study.starts[str(quarter)] in sentence
            checked += 1
    assert checked >= 40


def test_a_label_is_the_rounded_value_in_brackets_where_it_is_estimated_and_the_sentence_tells_it_so(
    told: Told,
) -> None:
    for code, view, values in told.views:
        spec = told.study.specs[code]
        for quarter, row in values.dropna(subset="value").iterrows():
            label = view["values"][quarter]
            (number,) = find_numbers(label)
            assert number in round_up(row["value"], digits=spec.digits), (code, quarter, label)
            assert label.endswith(("%", "%)")) == (spec.unit == "percent"), label
            assert (label[0] == "(") == (row["status"] == "estimated" and spec.kind is None), (code, quarter, label)
            sentence = view["sentences"][quarter]
            assert re.search(rf"(?<![(\w]){re.escape(label)}(?![\w)])", sentence), (code, quarter, label, sentence)
        if spec.signed and view["cityValue"]:
            (city,) = find_numbers(view["cityValue"])
            assert view["cityValue"][0] == write_sign(city), code


def test_a_missing_value_is_told_with_its_reason_and_no_other(told: Told) -> None:
    found = set()
    for code, view, values in told.views:
        for quarter, status in values.loc[values["value"].isna(), "status"].items():
            reason = name_reason(code, str(status))
            found.add(reason)
            for text in (view["sentences"][quarter], view["values"][quarter]):
                spoken = [name for name, pattern in REASONS.items() if re.search(pattern, text)]
                assert spoken == [reason], (code, quarter, status, text)
            assert str(told.study.quarters.loc[quarter, "name"]) in view["sentences"][quarter]
            assert view["places"][quarter] == ""
    if told.name == "specimen":
        assert found == set(REASONS)


def find_known(told: Told, code: str) -> pd.Series:
    """Quarters whose value is known, that of a score from all of its parts, or known not to apply."""
    values = list_values(told.study, code)
    if code not in SCORES:
        settled: pd.Series = values["status"].isin([*KNOWN, "not_applicable"])
        return settled
    assert told.study.scores is not None
    rows = told.study.scores.dimensions
    chosen = rows[rows["dimension"] == code].set_index("quarter_id")
    shares = told.study.scores.index if code == "index" else chosen
    return shares["score"].notna() & (shares["known"] >= 1)


def list_true(told: Told) -> pd.DataFrame:
    """Rows of the year as the files give them, and the shares of all persons within reach: nothing withheld."""
    return read_true(find_source(told))


@cache
def read_true(source: Path) -> pd.DataFrame:
    project = open_project(source)
    tables = read_tables(project)
    measured = measure_offers(project, tables, members={})
    reach = as_coverage_indicators(measured.true.values(), supplies=measured.supplies.values(), year=project.year)
    rows = pd.concat([tables.true, reach], ignore_index=True)
    return rows[rows["year"] == project.year]


def find_source(told: Told) -> Path:
    return told.folder.parent / "specimen-source" if told.name == "specimen" else ROOT / "analyses" / told.name


def count_true(true: pd.DataFrame, code: str) -> int:
    """Quarters of which the files tell the value, or that it does not apply."""
    return int(true.loc[true["indicator"] == code, "status"].isin([*KNOWN, "not_applicable"]).sum())


def test_the_city_is_told_with_its_number_and_what_is_known_of_it(told: Told) -> None:
    partly, place, true = 0, told.study.about.place, list_true(told)
    for code, view, _ in told.views:
        row, digits = told.study.city.loc[code], told.study.specs[code].digits
        subtitle = view["picture"]["subtitle"].replace("\u00a0", " ")
        if pd.isna(row["value"]):
            assert (view["cityLabel"], view["cityValue"]) == ("", "")
            continue
        value = view["cityValue"].replace("\u00a0", " ")
        assert read_number(value.removesuffix(" %")) in round_up(row["value"], digits=digits), (code, value)
        assert value.endswith(" %") == (told.study.specs[code].unit == "percent")
        assert view["cityLabel"].replace("\u00a0", " ") == f"{place} {value}"
        start, mark, rest = subtitle.partition(f"{place} {value}")
        assert (start, mark) == (f"{told.study.about.year} · ", f"{place} {value}")
        numbers = find_numbers(rest)
        known = [int(row["known_quarters"]), int(row["quarters"])]
        assert known[1] == len(told.study.quarters)
        assert known[0] <= max(find_known(told, code).sum(), count_true(true, code))
        assert numbers[:2] == ([] if known[0] == known[1] else known), subtitle
        assert len(numbers) in ({0} if known[0] == known[1] else {2, 4})
        assert (len(numbers) == 4) == (known[0] < known[1] and pd.notna(row["low"]) and pd.notna(row["high"]))
        if len(numbers) == 4:
            partly += 1
            assert numbers[2] <= read_number(value.removesuffix(" %")) <= numbers[3], subtitle
            assert numbers[2] in round_up(row["low"], digits=digits)
            assert numbers[3] in round_up(row["high"], digits=digits)
    assert partly or told.name == "rostock"


def test_the_profile_counts_the_people_of_the_table(told: Told) -> None:
    people = told.study.indicators.query("indicator == 'bevoelkerung' and year == @told.study.about.year")
    known = people.set_index("quarter_id")["value"].dropna()
    for quarter, profile in told.page["profiles"].items():
        numbers = find_numbers(profile["people"])
        assert bool(numbers) == (quarter in known.index)
        assert not numbers or numbers[0] in round_up(known[quarter], digits=0)


# ---- ranks ---------------------------------------------------------------------------------------------------------


def test_a_rank_is_what_the_intervals_admit(told: Told) -> None:
    open_ranks = 0
    for code, view, values in told.views:
        known = values.dropna(subset="value")
        ends = {str(quarter): (row["low"], row["high"]) for quarter, row in known.iterrows()}
        assert view["ranked"] == (told.study.about.example or not values["example"].eq(other=True).any())
        rows = {row["quarter_id"]: row["rank"] for row in view["ranking"]}
        for quarter, (low, high) in ends.items():
            others = [end for other, end in ends.items() if other != quarter]
            best = 1 + sum(worst > high for worst, _ in others)
            worst = 1 + sum(best_ >= low for _, best_ in others)
            rank = str(best) if best == worst else f"{best}–{worst}"
            open_ranks += low < high
            assert rows[quarter] == (rank if view["ranked"] else ""), (code, quarter)
            place = view["places"][quarter]
            assert place == (f"Rang {rank} von {len(ends)}" if view["ranked"] else ""), (code, quarter)
    assert open_ranks >= 1 or told.name == "rostock"


def test_the_ranking_goes_down_and_ends_with_what_is_unknown(told: Told) -> None:
    for _, view, values in told.views:
        order = [row["quarter_id"] for row in view["ranking"]]
        assert sorted(order) == sorted(map(str, values.index))
        if view["ranked"]:
            shown = values.loc[order, "value"].fillna(-np.inf).tolist()
            assert shown == sorted(shown, reverse=True)
        else:
            names = told.study.quarters.loc[order, "name"].tolist()
            assert names == sorted(names)


def test_a_dot_and_its_line_stand_at_the_value_and_its_bounds(told: Told) -> None:
    for code, view, values in told.views:
        step = 10.0 ** -(told.study.specs[code].digits + 2)
        for row in view["ranking"]:
            own: Any = values.loc[row["quarter_id"]]
            for end in ("value", "low", "high"):
                assert row[end] is None or abs(row[end] - own[end]) < step, (code, row)
            assert (row["value"] is None) == pd.isna(own["value"])
            wide = {"low": own["value"] - own["low"], "high": own["high"] - own["value"]}
            for end, width in wide.items():
                assert row[end] is not None or not width > step, (code, row)
            assert row["uncertain"] >= any(width > step for width in wide.values())


def list_other_years(series: dict[str, Any] | None) -> list[float]:
    """Values of all years and the bounds of unsure ones: the page draws any year on one axis.

    What lies far off all others has room in its own year alone: Tukey's outer fences.
    """
    if series is None:
        return []
    told = [value for line in series["quarters"].values() for value in line]
    told += [one[end] for one in series["unsure"] for end in ("low", "high")]
    known = [value for value in told if value is not None]
    first, third = np.quantile(known, 0.25), np.quantile(known, 0.75)
    return [value for value in known if 4 * first - 3 * third <= value <= 4 * third - 3 * first]


def test_the_axis_encloses_its_dots_and_is_evenly_and_rightly_labelled(told: Told) -> None:
    for code, view, _ in told.views:
        ticks = [tick[0] if isinstance(tick, list) else tick for tick in view["ticks"]]
        ends = [row[end] for row in view["ranking"] for end in ("value", "low", "high") if row[end] is not None]
        ends += list_other_years(view["series"])
        assert 2 <= len(ticks) <= 7, code
        assert ticks[0] <= min(ends), code
        assert max(ends) <= ticks[-1], code
        gaps = np.diff(ticks)
        assert gaps.min() > 0
        np.testing.assert_allclose(gaps, gaps[0], rtol=1e-9)
        assert ticks[0] + gaps[0] >= min([*ends, 0.0]), code
        assert ticks[-1] - gaps[0] <= max(ends) or len(ticks) == 2, code
        for tick in view["ticks"]:
            if isinstance(tick, list):
                assert float(read_number(tick[1])) == tick[0], (code, tick)
            else:
                assert round(tick, view["tickDigits"]) == tick, (code, tick)


# ---- group and rest ------------------------------------------------------------------------------------------------


def pool(told: Told, rows: pd.DataFrame, code: str, quarters: list[str]) -> tuple[float, float, int]:
    """Rate of several quarters from their counts, its denominator, and how many quarters are not in it."""
    rows = rows[(rows["indicator"] == code) & (rows["year"] == told.study.about.year)].set_index("quarter_id")
    rows = rows.reindex(quarters)
    factor = UNIT_FACTOR.get(told.study.specs[code].unit, np.nan)
    above = rows["numerator"].fillna(rows["value"] * rows["denominator"] / factor)
    usable = rows["status"].isin(KNOWN) & above.notna() & rows["denominator"].notna()
    size = float(rows.loc[usable, "denominator"].sum())
    unused = int((~usable & (rows["status"] != "not_applicable")).sum())
    return (factor * float(above[usable].sum()) / size if size else np.nan), size, unused


def test_a_difference_is_group_less_rest(told: Told) -> None:
    compared = 0
    for code, view, _ in told.views:
        contrast, digits = view["contrast"], told.study.specs[code].digits
        row = told.study.comparison.set_index("indicator").loc[code]
        assert contrast is not None
        if pd.isna(row["group"]) or pd.isna(row["rest"]):
            assert contrast["difference"] == ""
            assert "Kein Vergleich" in contrast["sentence"]
            continue
        group, rest, difference = (
            read_number(re.sub(r"\s%$", "", text))
            for text in (contrast["group"]["value"], contrast["rest"]["value"], contrast["difference"])
        )
        shown = max(0, -int(difference.as_tuple().exponent))
        assert shown in (digits, digits + 1)
        assert group in round_up(row["group"], digits=shown)
        assert rest in round_up(row["rest"], digits=shown)
        assert difference in round_up(row["group"] - row["rest"], digits=shown), (code, contrast)
        assert contrast["difference"][0] == write_sign(difference)
        assert (group - rest == difference) != ("gerundet" in contrast["sentence"]), (code, contrast)
        if told.study.specs[code].signed:
            told_so = (contrast["group"]["value"], contrast["rest"]["value"], view["sides"]["city_value"])
            assert [text[0] for text in told_so] == [write_sign(*find_numbers(text)) for text in told_so], code
        compared += 1
    assert compared >= 8


def test_the_sides_are_the_true_totals_or_pooled_from_what_is_shown(told: Told) -> None:
    about, study = told.study.about, told.study
    inside, true = list(study.groups[str(about.group)]), list_true(told)
    sides = {"group": inside, "rest": [str(q) for q in study.quarters.index if q not in inside]}
    rows: Any = study.comparison.set_index("indicator")
    pooled = 0
    for code, view, values in told.views:
        for side, quarters in sides.items():
            told_side = view["contrast"][side]
            text, _, possible = told_side["quarters"].partition(";")
            count, *lacking = find_numbers(text)
            assert count == len(quarters)
            ends = [float(rows.loc[code, f"{side}_{end}"]) for end in ("low", "high")]
            if possible:  # what the side may be, as the table has it
                digits = told.study.specs[code].digits
                for number, end in zip(find_numbers(possible), ends, strict=True):
                    assert number in round_up(end, digits=digits), (code, told_side)
            else:
                assert not lacking or any(map(math.isnan, ends)) or ends[0] == ends[1], (code, told_side)
            if code in SCORES:  # a score from some of its parts is a value all the same
                partly = int((~find_known(told, code)[quarters]).sum())
                assert lacking == ([partly] if partly else []), (code, told_side)
            if re.search("ohne Wert|mit Angabe", told_side["quarters"] + view["picture"]["subtitle"]):
                assert lacking[0] <= int(values["value"][quarters].isna().sum()), (code, told_side)
            value, size, unused = pool(told, study.indicators, code, quarters)
            whole = pool(told, true, code, quarters)
            if sum(lacking) == whole[2] < unused:  # the total of the true counts
                value, size, unused = whole
            if len(quarters) == 1 or not size > 0:
                continue
            np.testing.assert_allclose(rows.loc[code, side], value, rtol=0, atol=1e-9)
            assert find_numbers(told_side["size"])[0] in round_up(size, digits=0), (code, told_side)
            assert lacking == ([unused] if unused else []), (code, told_side)
            pooled += 1
    assert pooled >= 12


def test_a_size_is_told_with_whom_it_counts(told: Told) -> None:
    """What has no denominator of its own is weighed by inhabitants, and says so."""
    rows = told.study.indicators
    rows = rows[rows["year"] == told.study.about.year]
    seen = set()
    for code, view, _ in told.views:
        own = rows.loc[rows["indicator"] == code, "denominator"].notna().any()
        counted = (told.study.specs[code].counted or {}).get("de") if own else None
        for side in ("group", "rest"):
            size = view["contrast"][side]["size"]
            assert not size or re.sub(r"^n = [\d.]+ |[()]", "", size) == (counted or "Menschen"), (code, size)
        seen.add(bool(own))
    assert seen == {True, False}


def test_likeness_rests_on_given_rates_alone(told: Told) -> None:
    """Neither the size of a quarter nor who lives there nor what was computed or invented makes it like another."""
    study, texts = told.study, {one["similar"] for one in told.page["profiles"].values() if one["similar"]}
    rows = study.indicators[study.indicators["year"] == study.about.year]
    rows = rows[study.about.example | ~rows["example"]]
    given = [study.specs[code] for code in rows["indicator"].unique()]
    fit = [spec for spec in given if not (spec.derived or spec.context or spec.unit in ("persons", "number"))]
    assert texts
    for text in texts:
        named, basis = text.removesuffix(".").rsplit(". Verglichen nach: ", 1)
        for whole, words in ((basis, {spec.short["de"] for spec in fit}), (named, set(study.quarters["name"]))):
            left = whole
            for word in sorted(words, key=len, reverse=True):
                left = left.replace(word, "")
            assert re.fullmatch(r"(?:, | und |(?:\d+|eine) weitere[nr]? ?\w*)*", left), text


def test_a_study_calls_its_quarters_what_its_project_calls_them(shared: dict[str, Told]) -> None:
    """Rostock has Stadtbereiche: no page, sheet of the workbook, figure or sentence calls them otherwise; Musterstadt has Quartiere."""
    for name, own, other in (("rostock", "Stadtbereich", "Quartier"), ("musterstadt", "Quartier", "Stadtbereich")):
        folder, names = shared[name].folder, {spec.name["de"] for spec in shared[name].study.specs.values()}
        pages = [
            path.read_text(encoding="utf-8") for path in (folder / "index.html", *(folder / "maps").glob("*.html"))
        ]
        texts = [
            text
            for page in pages
            for text in [*list_strings(read_page(page)), re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)]
        ]
        texts += [path.read_text(encoding="utf-8") for path in (folder / "figures").glob("*.svg")]
        for text in names:
            texts = [one.replace(text, "") for one in texts]
        assert any(own in text for text in texts)
        assert [text[:200] for text in texts if other in text] == []


def test_a_study_calls_its_group_what_its_project_calls_it(musterstadt: Study) -> None:
    about = replace(musterstadt.about, called=("Programmgebiet", "Programmgebiete"), group_name="Programmgebiete")
    study = replace(musterstadt, about=about)
    data = _make_atlas(study)
    texts = list_strings(
        [*(asdict(view) for view in data.views), dict(data.words), *(asdict(one) for one in make_briefs(study, data))]
    )
    assert not [text for text in texts if "Modellregion" in text]
    assert sum("Programmgebiete" in text for text in texts) > 5
    assert (
        "Programmgebiete" in explain_quarter(study, quarter="Programmgebiete", indicator="bevoelkerung").splitlines()[0]
    )


def list_strings(told: Any) -> list[str]:
    """Every text in nested values."""
    if isinstance(told, str):
        return [told]
    inner = told.values() if isinstance(told, dict) else told if isinstance(told, list | tuple) else ()
    return [text for one in inner for text in list_strings(one)]
