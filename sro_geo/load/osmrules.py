"""What OpenStreetMap's tags say: who walks where, what is an offer, what a dwelling. The rules as data.

References
----------
OpenStreetMap Wiki: `Key:foot`, `Key:access`, `Key:barrier`, `OSM tags for routing/Access restrictions` (Germany). One rule
departs from the wiki's table for Germany: a cycleway that says nothing of people on foot is walked.
DIN 18040-3 (2014): ways without barriers rise by 6 % at most.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Protocol, overload

if TYPE_CHECKING:
    from collections.abc import Mapping


class Tags(Protocol):
    """Values by key: a dict, or osmium's own list, which is asked in less time than it takes to copy."""

    @overload
    def get(self, key: str, /) -> str | None: ...
    @overload
    def get(self, key: str, default: str, /) -> str: ...


VERSION = 1
"""Counts changes of these rules, and of what is made of them: what was scanned by older ones is not used again."""

WALKED = {
    "highway": {
        "footway", "path", "pedestrian", "steps", "corridor", "platform", "living_street", "residential", "service",
        "track", "cycleway", "unclassified", "road", "tertiary", "tertiary_link", "secondary", "secondary_link",
        "primary", "primary_link",
    },
    "railway": {"platform"},
    "man_made": {"pier"},
}  # fmt: skip
"""Ways that people walk on if nothing forbids it."""

ASKED = {"bridleway", "trunk", "trunk_link"}
"""Highways that people walk on only where a sign lets them, or where a trunk road has a sidewalk."""

INDOORS = {"corridor", "steps"}
"""Highways that are walked inside a building, too."""

CLOSED = {"access": {"no", "private"}, "foot": {"no", "private", "use_sidepath"}}
OPENED = {"yes", "designated", "permissive", "destination"}
"""What `foot` says where people may walk whatever `access` says."""

SIDEWALKS = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
NO_SIDEWALK = {"", "no", "none", "separate"}

BARRED = {"stile", "horse_stile", "kissing_gate", "turnstile", "full-height_turnstile"}
"""Barriers that neither pram nor wheelchair passes.

A `cycle_barrier` is none of them: its bars stand apart far enough or not, and only `wheelchair=no` says which.
"""

RAMPS = ("ramp:wheelchair", "ramp:stroller")
STEEPEST_PERCENT = 6.0
"""A steeper way counts as if it had steps (DIN 18040-3)."""

KINDS = (
    ("kindertageseinrichtung", {"amenity": {"kindergarten"}}),
    ("schule", {"amenity": {"school"}}),
    ("spielplatz", {"leisure": {"playground"}}),
    ("jugendarbeit", {"amenity": {"youth_centre"}}),
    ("jugendarbeit", {"amenity": {"community_centre"}, "community_centre": {"youth_centre"}}),
    (
        "jugendarbeit",
        {"amenity": {"community_centre"}, "community_centre:for": {"juvenile", "youth", "child", "children"}},
    ),
    ("familienbildung", {"amenity": {"community_centre"}, "community_centre": {"family_centre"}}),
)
"""Kinds of offer by tags, all of which a place must have; the first that fits counts.

`amenity=childcare` is none of them: it may be a childminder or an after-school club. Neither is a community centre that does
not say for whom it is: most are parish halls.
"""

PUBLIC_ONLY = {"spielplatz"}
"""Kinds that are left out where `access` is closed: a landlord's playground is for his tenants."""

DWELLINGS = {"building": {"yes", "house", "detached", "semidetached_house", "terrace", "apartments", "residential"}}
"""Buildings that may be dwellings; `yes` says nothing, and is what most say."""

_INCLINE = re.compile(r"[-+]?(\d{1,3}(?:[.,]\d+)?)\s*(%|°)?")


def is_walked(tags: Tags) -> bool:
    """Whether people walk on a way."""
    highway = tags.get("highway", "")
    if tags.get("route") == "ferry" or is_closed(tags):
        return False
    if tags.get("indoor", "no") != "no" and highway not in INDOORS:
        return False
    if highway == "bridleway":
        return tags.get("foot") in OPENED
    if highway in ASKED or tags.get("motorroad") == "yes":
        signed = tags.get("foot") in OPENED or any(tags.get(key, "") not in NO_SIDEWALK for key in SIDEWALKS)
        return signed and (highway in ASKED or highway in WALKED["highway"])
    return any(tags.get(key) in values for key, values in WALKED.items())


def is_closed(tags: Tags) -> bool:
    """Whether nobody may walk past a way or a barrier."""
    foot = tags.get("foot")
    return foot in CLOSED["foot"] or (tags.get("access") in CLOSED["access"] and foot not in OPENED)


def has_steps(tags: Tags) -> bool:
    """Whether a pram or a wheelchair cannot pass a way; what `wheelchair` says goes before what the way is."""
    wheelchair = tags.get("wheelchair")
    if wheelchair in {"yes", "no"}:
        return wheelchair == "no"
    stairs = tags.get("highway") == "steps" and not any(tags.get(ramp) == "yes" for ramp in RAMPS)
    return stairs or _read_incline(tags.get("incline", "")) > STEEPEST_PERCENT


def is_barred(tags: Tags) -> bool:
    """Whether a pram or a wheelchair cannot pass a barrier."""
    wheelchair = tags.get("wheelchair")
    return wheelchair == "no" or (tags.get("barrier") in BARRED and wheelchair != "yes")


def _read_incline(text: str) -> float:
    """Percent, either way; 0 where it is no number."""
    match = _INCLINE.fullmatch(text.strip())
    if match is None:
        return 0.0
    number = float(match[1].replace(",", "."))
    return 100 * math.tan(math.radians(min(number, 89.0))) if match[2] == "°" else number


def name_kind(tags: Mapping[str, str]) -> str | None:
    """Kind of offer that a place is, None where it is none. A tag may hold several values."""
    held = {key: set(re.split(r"\s*;\s*", value)) for key, value in tags.items()}
    fits = (kind for kind, wanted in KINDS if all(held.get(key, set()) & values for key, values in wanted.items()))
    return next(fits, None)
