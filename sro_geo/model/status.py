"""Why a value is there or not: the statuses of official statistics."""

from __future__ import annotations

OBSERVED = "observed"
ESTIMATED = "estimated"
SUPPRESSED = "suppressed"
MISSING = "missing"
LATER = "later"
NOT_APPLICABLE = "not_applicable"
NOT_HIT = "not_hit"
"""No fall after the shock: nothing was lost, and the value is the best one."""

KNOWN = (OBSERVED, ESTIMATED, NOT_HIT)
UNKNOWN = (SUPPRESSED, MISSING, LATER, NOT_APPLICABLE)
STATUSES = KNOWN + UNKNOWN
"""Every status. That a value is invented is said beside it, in the column `example`: an invented value may be secret too."""
