"""What the page pools for quarters of the reader's choosing: numbers of the tables, for rates that are quotients of sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.contrast import Pool
from sro_geo.model.indicators import WRITTEN_DIGITS
from sro_geo.model.status import KNOWN, NOT_APPLICABLE
from sro_geo.report.contrast import name_counted
from sro_geo.report.tables import DIGITS
from sro_geo.text.numbers import round_half_up
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown


def make_pool(study: Study, shown: Shown) -> Pool | None:
    """Numerators and denominators of the year as the tables write them, with how to write what is made of them.

    None for scores, counts and means, for what is measured anew of all quarters, and for what stands in steps, whose bounds
    are pooled as well.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_project, run_study
    >>> from sro_geo.report.shown import list_shown
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt")))
    >>> pools = {shown.code: make_pool(study, shown) for shown in list_shown(study)}
    >>> pools["index"] is None, pools["kinder_sgb2"].above[:2], pools["kinder_sgb2"].below[:2]
    (True, (41.0, 28.0), (341.0, 290.0))
    """
    spec, voice = shown.spec, speak_of(study.about)
    rows = study.select_values(shown.code).reindex(study.quarters.index)
    if spec.unit not in UNIT_FACTOR or rows["denominator"].isna().all() or (rows["low"] < rows["high"]).any():
        return None
    factor, known = UNIT_FACTOR[spec.unit], rows["status"].isin(KNOWN)
    above, below = _write(rows["numerator"].where(known)), _write(rows["denominator"])
    told = dict(zip(map(str, rows.index), _write(rows["value"].where(known)), strict=True))
    own = {
        key: value
        for (key, value), up, down in zip(told.items(), above, below, strict=True)
        if value is not None
        and (up is None or not down or round_half_up(factor * up / down, digits=WRITTEN_DIGITS) != value)
    }
    one, more = (voice.unit(f"difference_{spec.unit}", own=spec.unit_text, n=n) for n in ("1", "2"))
    return Pool(
        factor=factor,
        bounded=spec.unit == "percent" and not spec.signed,
        above=above,
        below=below,
        values=own,
        void=tuple(str(key) for key in rows.index[rows["status"] == NOT_APPLICABLE]),
        signed=spec.signed,
        pattern=voice.say("percent", n="{n}") if spec.unit == "percent" else "{n}",
        size=voice.say("n_of", n="{n}", who=name_counted(study, shown)),
        units=(one, more),
    )


def _write(column: pd.Series) -> tuple[float | None, ...]:
    digits = DIGITS.get(str(column.name), WRITTEN_DIGITS)
    return tuple(None if np.isnan(n) else round_half_up(n, digits=digits) for n in column.to_numpy(dtype=float))
