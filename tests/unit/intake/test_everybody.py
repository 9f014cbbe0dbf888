"""Which tables count all inhabitants by age."""

import pytest

from sro_geo.intake.everybody import _speaks_of_age


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("einwohner_2023", True),
        ("Bevölkerung nach Altersgruppen", True),
        ("gestorbene_2023", False),
        ("Sterbefälle", False),
        ("Arbeitslose", False),
        ("wohndauer", False),
        ("Zuzüge", False),
        ("Umzüge in der Stadt", False),
        ("HzE-Empfänger", False),
        ("Pflegebedürftige", False),
        ("Ausländische Bevölkerung", False),
        ("Schülerinnen und Schüler", False),
        ("fl_beneficiaries_by_district", False),
    ],
)
def test_years_of_age_are_all_inhabitants_only_where_nothing_says_otherwise(table: str, *, told: bool) -> None:
    assert _speaks_of_age([table, "Alter 0 bis unter 6", "Alter 6 bis unter 18", "Alter 18 und mehr"]) is told
