"""`explain` shows an arithmetic that a person can redo with a calculator."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from sro_geo.report.explanation import explain_quarter

if TYPE_CHECKING:
    from sro_geo.model.study import Study

NUMBER = r"[−+]?[\d.]+,\d+"
REDO = re.compile(rf"\(({NUMBER}) − ({NUMBER})\) × ({NUMBER}) = ({NUMBER})")
PART = re.compile(rf"^  (?:Nicht bekannte Teile: )?({NUMBER})(?:  .*)?$", re.MULTILINE)
TOTAL = re.compile(rf"^Summe aller Beiträge: ({NUMBER})$", re.MULTILINE)


def read(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize("name", ["rostock", "musterstadt"])
def test_every_line_can_be_redone_from_what_is_printed(studies: dict[str, Study], name: str) -> None:
    study, redone = studies[name], 0
    for quarter in study.quarters.index:
        text = explain_quarter(study, quarter=str(quarter))
        for mine, reference, factor, contribution in (map(read, found) for found in REDO.findall(text)):
            assert abs((mine - reference) * factor - contribution) < Decimal("0.0003")
            redone += 1
        (total,) = map(read, TOTAL.findall(text)) if TOTAL.findall(text) else (Decimal(0),)
        parts = sum(map(read, PART.findall(text)), Decimal(0))
        assert abs(parts - total) < Decimal("0.0006")
    assert redone >= 2 * len(study.quarters) - 4
