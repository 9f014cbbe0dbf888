"""Small invented towns, one for each seed: six quarters, two years, many small counts, bands that nest, rates, a group."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.small_projects import CHOICES, write_project

if TYPE_CHECKING:
    from pathlib import Path

CUTS = (0, 3, 6, 15, 18, 25, 65, 100)
BANDS = {
    "alter_0_3": (0, 3), "alter_3_6": (3, 6), "alter_6_15": (6, 15), "alter_15_25": (15, 25), "alter_25_65": (25, 65),
    "alter_65_plus": (65, 100), "alter_0_6": (0, 6), "alter_0_15": (0, 15), "alter_0_18": (0, 18), "bevoelkerung": (0, 100),
}  # fmt: skip
RATES = {"kinder_sgb2": (0, 15), "arbeitslose": (15, 65), "auslaendisch": (0, 100), "hze_faelle": (0, 18)}
LIMITS = (3, 3, 5, 10)
Counts = dict[tuple[str, str, int], float]


@dataclass(frozen=True)
class Town:
    """True counts that a file tells, those of every band, and the smallest that may be shown."""

    truth: Counts
    bands: Counts
    smallest: int


def write_town(folder: Path, *, seed: int) -> Town:
    """Write the project of a town."""
    dice = random.Random(seed)  # noqa: S311  a town, no secret
    smallest = dice.choice(LIMITS)
    plain = {name: choices[0] for name, choices in CHOICES.items()}
    write_project(folder, {**plain, "quarters": "many", "values": "rates", "groups": "compared", "maps": "one"})
    codes = [code for code in BANDS if dice.random() < 0.75] or ["alter_0_3"]
    rates = [code for code in RATES if code == "kinder_sgb2" or dice.random() < 0.75]  # of that a map is drawn
    lines, truth = ["quartier;kennzahl;jahr;wert;zaehler;nenner;status"], Counts()
    bands = Counts()
    for number in range(1, 7):
        for year in (2023, 2024):
            ages = [_draw(dice, smallest) for _ in CUTS[1:]]
            bands |= {(f"{number:02d}", code, year): _count(ages, band) for code, band in BANDS.items()}
            for code in codes:
                count = _count(ages, BANDS[code])
                secret = dice.random() < 0.02
                lines.append(f"{number:02d};{code};{year};{'' if secret else count};;;{'geheim' if secret else ''}")
                if not secret:
                    truth[f"{number:02d}", code, year] = count
            for code in rates:
                whole = _count(ages, RATES[code])
                part = min(whole, _draw(dice, smallest))
                if whole:
                    lines.append(f"{number:02d};{code};{year};;{part};{whole};")
                    truth[f"{number:02d}", code, year] = part
            born = _draw(dice, smallest)
            lines.append(f"{number:02d};geborene;{year};{born};;;")
            truth[f"{number:02d}", "geborene", year] = born
    (folder / "kennzahlen.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    project = folder / "project.toml"
    project.write_text(
        f"{project.read_text(encoding='utf-8')}\n[disclosure]\nsmallest = {smallest}\n", encoding="utf-8"
    )
    return Town(truth=truth, bands=bands, smallest=smallest)


def _draw(dice: random.Random, smallest: int) -> int:
    """A count that is small half of the time."""
    return dice.randint(0, smallest) if dice.random() < 0.35 else dice.randint(smallest, 60)


def _count(ages: list[int], band: tuple[int, int]) -> int:
    return sum(n for start, n in zip(CUTS, ages, strict=False) if band[0] <= start < band[1])
