"""Key tables: what the files call the quarters, as a file of the project."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.load.keys import read_keys
from sro_geo.load.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sro_geo.intake.plan import Plan
    from sro_geo.load.reading import DataFile
    from sro_geo.project import Project


def write_key_table(plan: Plan) -> str:
    """Key table: what the project calls each quarter, the boundaries' word, and every other word of the files."""
    own = plan.areas.keys[plan.key]
    others = [
        [form for form, at in plan.forms.items() if at == place and form != own[place]] for place in range(len(own))
    ]
    width = max(map(len, others), default=0)
    rows = [["to", "from", *(f"form_{n}" for n in range(1, width + 1))]]
    rows += [
        [plan.ids[place], word, *others[place], *[""] * (width - len(others[place]))] for place, word in enumerate(own)
    ]
    return _write(rows, delimiter=";", end="\n")


def lengthen_key_table(plan: Plan, project: Project, *, folder: Path) -> tuple[Plan, dict[Path, bytes]]:
    """Plan that uses the project's own key table, and its content with further rows for the words that it lacks.

    Where the project uses none within its folder, a word means another quarter there, or quarters are matched by numbers (a
    question: nothing may join before it is answered), or its encoding lacks the signs of a word, the plan keeps the table of its own.
    """
    if not plan.forms:
        return plan, {}
    own = plan, {folder / plan.keys_file: write_key_table(plan).encode()}
    used = _find_used(project, folder=folder)
    if used is None or any(one.fit is not None and one.fit.how == "number" for one in (*plan.tables, *plan.offers)):
        return own
    told, known = {form: plan.ids[place] for form, place in plan.forms.items()}, read_keys(used).forms
    if any(known.get(form, quarter) != quarter for form, quarter in told.items()):
        return own
    lacking = {form: quarter for form, quarter in told.items() if form not in known}
    try:
        texts = {used.path: _add_rows(used, lacking)} if lacking else {}
    except UnicodeEncodeError:  # an old encoding without the signs of a word
        return own
    return replace(plan, keys_file=used.name), texts


def _find_used(project: Project, *, folder: Path) -> DataFile | None:
    """Key table of the project that is a text in its folder, that of the boundaries first."""
    tables, offers = (order.keys for order in project.indicators), (order.keys for order in project.offers)
    stated = [project.quarters.keys, *tables, *offers]
    return next(
        (file for file in stated if file and file.path.is_relative_to(folder) and read_table(file).form[1]), None
    )


def _add_rows(file: DataFile, quarters: dict[str, str]) -> bytes:
    """Content of a key table with a row behind its end for each word; what is there stays byte for byte."""
    table, content = read_table(file), file.path.read_bytes()
    encoding, delimiter = table.form
    end = "\r\n" if b"\r\n" in content else "\n"
    heads = list(map(str, table.frame.columns))
    rows = [[{"to": quarter, "from": form}.get(head, "") for head in heads] for form, quarter in quarters.items()]
    added = _write(rows, delimiter=delimiter, end=end).encode(encoding)
    return content + (b"" if content.endswith((b"\n", b"\r")) else end.encode()) + added


def _write(rows: Sequence[Sequence[str]], *, delimiter: str, end: str) -> str:
    told = io.StringIO(newline="")
    csv.writer(told, delimiter=delimiter, lineterminator=end).writerows(rows)
    return told.getvalue()
