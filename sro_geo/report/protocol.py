"""The protocol: what went in, with what, and every decision taken on the data."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING

from sro_geo.text.secrets import redact_all
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.study import Audited, Study

PACKAGES = (
    "sro_geo",
    "geopandas",
    "shapely",
    "pyproj",
    "pyogrio",
    "rasterio",
    "folium",
    "scikit-learn",
    "matplotlib",
    "pandas",
    "numpy",
)


def format_protocol(study: Study, *, digests: Mapping[str, str]) -> str:
    """Protocol as JSON, keys in order, without clock and machine.

    Parameters
    ----------
    study : Study
        What was computed.
    digests : mapping of str to str
        Checksum of each map, as printed on it.
    """
    voice = speak_of(study.about)
    content = {
        "about": asdict(study.about),
        "settings": redact_all(study.settings),
        "method": None if study.method is None else asdict(study.method),
        "scales": None if study.scales is None else asdict(study.scales),
        "seeds": {},
        "versions": {name: version(name) for name in PACKAGES},
        "sources": [asdict(source) for source in study.sources],
        "decisions": [
            {
                "cause": note.cause,
                "sentence": voice.note(note),
                "places": [asdict(p) for p in note.places],
            }
            for note in study.notes
        ],
        "maps": dict(digests),
        "audit": _tell_audit(study.audit),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=_simplify) + "\n"


def _tell_audit(audit: Audited) -> dict[str, object]:
    """What was withheld, and how far open the least open small count is; nothing of single ones."""
    endless = audit.width is not None and math.isinf(audit.width)
    return {"passed": True, "withheld": audit.withheld, "smallest_width": "unbounded" if endless else audit.width}


def _simplify(value: object) -> object:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)
