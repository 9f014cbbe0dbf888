"""Values of a map in words: labels, ranks, one sentence for each quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.model.ages import parse_age_group
from sro_geo.render.picture import name_reason
from sro_geo.text.numbers import format_number, join_words
from sro_geo.text.phrases import format_value, name_people_of, tell_gap
from sro_geo.text.words import word

if TYPE_CHECKING:
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown


def format_rank(row: pd.Series, *, language: str) -> str:
    """Rank or range of ranks, `1–2`; `offen` where there is none."""
    if pd.isna(row["rank_low"]):
        return word("rank_open", language=language)
    low, high = int(row["rank_low"]), int(row["rank_high"])
    return str(low) if low == high else f"{low}–{high}"


def tell_city(study: Study, shown: Shown) -> str:
    """The city's value with how much of it is known: `Musterstadt 21 % (10 von 12 Quartieren …)`."""
    language, city = study.about.language, shown.city
    if pd.isna(city["value"]):
        return ""
    values: dict[str, Any] = {"place": study.about.place, "value": _format(shown, city["value"], language)}
    if city["known_quarters"] == city["quarters"]:
        return word("city_value", language=language, **values)
    values |= {"known": int(city["known_quarters"]), "all": int(city["quarters"])}
    if pd.isna(city["low"]) or pd.isna(city["high"]):
        return word("city_some", language=language, **values)
    low = format_number(city["low"], digits=shown.spec.digits, language=language)
    high = _format(shown, city["high"], language)
    return word("city_partly", language=language, **values, low=low, high=high)


def tell_quarter(study: Study, shown: Shown, quarter_id: str) -> str:
    """One sentence about a quarter, beside the city."""
    language = study.about.language
    row: Any = shown.values.loc[quarter_id]
    name: Any = study.quarters.loc[quarter_id, "name"]
    if pd.isna(row["value"]):
        reason = name_reason(str(row["status"]), partly=shown.topic == "resilience")
        return word(f"tell_{reason}", language=language, name=name)
    start = study.starts[quarter_id]
    city = shown.city["value"]
    city_text = (
        ""
        if pd.isna(city)
        else word("tell_city", language=language, place=study.about.place, value=_format(shown, city, language))
    )
    if shown.minutes is not None and shown.kind is not None:
        return _tell_gap(study, shown, value=row["value"], start=start, city=city_text)
    key = "tell_score" if shown.topic == "resilience" else "tell_value"
    facts = {"name": shown.spec.name[language], "value": _tell_number(shown, row["value"], language)}
    sentence = word(key, language=language, start=start, **facts)
    return f"{sentence}; {city_text}." if city_text else f"{sentence}."


def name_reference(study: Study, quarter_id: str) -> str:
    """What a quarter's score is set against: the town, named without the parts that the quarter lacks."""
    language, scores, place = study.about.language, study.scores, study.about.place
    if scores is None or study.scales is None or study.method is None:
        return place
    own = scores.contributions.loc[scores.contributions["quarter_id"] == quarter_id, "part"]
    scored = {code: str(study.specs[code].dimension) for code in study.scales.worst}
    lacking = [code for code in scored if code not in set(own) and pd.notna(study.city["value"].get(code))]
    whole = [d for d in study.method.dimensions if all(c in lacking for c in scored if scored[c] == d)]
    names = [word(d, language=language) for d in whole]
    names += [study.specs[code].short[language] for code in lacking if scored[code] not in whole]
    if not names:
        return place
    return word("reference_without", language=language, place=place, parts=join_words(names, language=language))


def count_people(count: float, *, language: str) -> str:
    """Number of people as text."""
    return format_number(count, digits=0, language=language)


def _tell_gap(study: Study, shown: Shown, *, value: float, start: str, city: str) -> str:
    language = study.about.language
    target = parse_age_group(study.coverages[str(shown.kind)].target_group)
    people = name_people_of(target.start, target.end, language=language)
    return tell_gap(
        start,
        share=f"{_format(shown, value, language)} {people}",
        none=study.kinds[str(shown.kind)].none[language],
        minutes=float(shown.minutes or 0),
        city=city,
        language=language,
    )


def _format(shown: Shown, value: float, language: str) -> str:
    return format_value(value, unit=shown.spec.unit, digits=shown.spec.digits, language=language)


def _tell_number(shown: Shown, value: float, language: str) -> str:
    """Value inside a sentence, with the unit that a map's legend would carry."""
    text = _format(shown, value, language)
    if shown.spec.unit in ("percent", "points", "number"):
        return text
    unit = word_unit(shown.spec.unit, language=language)
    return f"{text} {unit}" if unit else text


def word_unit(unit: str, *, language: str) -> str:
    """Unit after a number inside a sentence: `je 1.000 Menschen`."""
    key = f"unit_{unit}"
    return word(key, language=language)
