"""What is withheld to protect others: as little as possible, and the same each time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from sro_geo.disclose.audit import audit
from sro_geo.disclose.publication import Line, publish, tell_count, tell_rate
from sro_geo.disclose.suppress import Suppression, suppress
from tests.publication_data import add_totals, find_secrets, make_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.disclose.publication import Publication, Shares

FOUR = [[20, 2, 10, 32], [14, 9, 11, 34], [8, 12, 1, 21], [16, 10, 9, 35], [58, 33, 31, 122]]
SIX = [[1, 2, 0, 3], [9, 8, 7, 24], [6, 5, 9, 20], [16, 15, 16, 47]]


def bound(table: Publication, found: Suppression, secrets: Mapping[str, Shares]) -> list[tuple[float, float]]:
    """What the publication admits for each secret in the end."""
    shown = audit(table, withheld={*secrets, *found.added})
    return [(one.low, one.high) for one in shown if one.name in secrets]


@pytest.mark.parametrize("exact", [False, True])
def test_hand_worked_tables(exact: bool) -> None:  # noqa: FBT001  both ways
    table = make_table(FOUR)
    secrets = find_secrets(table)
    found = suppress(table, withheld=secrets, secrets=secrets, smallest=3, exact=exact)
    assert {*secrets, *found.added} == {"1,2", "1,3", "3,2", "3,3"}
    assert bound(table, found, secrets) == [(2, 11), (1, 10)]
    table = make_table(SIX)
    secrets = {name: shares for name, shares in find_secrets(table).items() if name != "1,4"}
    found = suppress(table, withheld=secrets, secrets=secrets, smallest=3, exact=exact)
    assert (list(secrets), len(found.added), found.unsafe) == (["1,1", "1,2"], 4, ())
    assert bound(table, found, secrets) == [(1, 9), (1, 9)]


def test_totals_go_last_and_what_must_stay_stays() -> None:
    cells = add_totals([[2, 20, 30], [40, 50, 60], [70, 80, 90]])
    dear = {"2,1": 100.0, "2,2": math.inf, "2,3": 100.0}
    table = make_table(cells, weights=dear)
    secrets = find_secrets(table)
    found = suppress(table, withheld=secrets, secrets=secrets, smallest=3)
    assert found.added == ("1,2", "3,1", "3,2")
    stuck = make_table(cells, weights={f"{i},{j}": math.inf for i in range(1, 5) for j in range(1, 5)})
    found = suppress(stuck, withheld=secrets, secrets=secrets, smallest=3)
    assert (found.added, found.unsafe) == ((), ("1,1",))
    assert bound(stuck, found, secrets) == [(2, 2)]


def test_a_rate_goes_where_its_denominator_is_dearer() -> None:
    """2 of 40 to 60 persons shown as 5.0 % are 2 or 3: nothing tells them apart by more than one."""
    facts = [
        tell_count("n", {"n": 1}, value=2),
        tell_count("d", {"d": 1}, value=40, weight=5),
        tell_rate("r", {"n": 1}, {"d": 1}, value=5.0, digits=1),
    ]
    table = publish(facts, always=[Line(shares=(("d", 1.0),), low=1, high=60)])
    found = suppress(table, withheld={"n"}, secrets={"n": (("n", 1.0),)}, smallest=3)
    assert found.added == ("r",)


def test_a_rest_is_a_secret_like_any_other() -> None:
    """48 of 50: the other two are nobody's number, and yet they are small."""
    facts = [tell_count("n", {"n": 1}, value=48), tell_count("d", {"d": 1}, value=50, weight=9)]
    table = publish(facts, always=[Line(shares=(("d", 1.0), ("n", -1.0)), low=0)])
    rest = {"rest": (("d", 1.0), ("n", -1.0))}
    assert suppress(table, withheld=(), secrets=rest, smallest=3).added == ("n",)


def test_a_stricter_rule_asks_for_a_wider_interval() -> None:
    table = make_table(add_totals([[2, 3, 50], [2, 40, 60], [45, 80, 90]]))
    secrets = find_secrets(table)
    for width in (None, 4, 8, 30):
        found = suppress(table, withheld=secrets, secrets=secrets, smallest=3, width=width)
        assert found.unsafe == ()
        assert all(high >= 3 and high - low >= (width or 2) for low, high in bound(table, found, secrets))


def test_a_secret_may_be_large_enough_to_be_shown_however_narrow_the_rule() -> None:
    """1 and 2 beside their total of 3 lie between 1 and 2: wide enough for a width of 1, and yet both are small."""
    facts = [tell_count(code, {code: 1}, value=value) for code, value in (("a", 1), ("b", 2), ("c", 9))]
    table = publish([*facts, tell_count("all", dict.fromkeys("abc", 1.0), value=12, weight=9)])
    secrets = {fact.name: fact.count for fact in facts[:2]}
    assert [(one.low, one.high) for one in audit(table, withheld=secrets)] == [(1, 2), (1, 2)]
    assert suppress(table, withheld=secrets, secrets=secrets, smallest=3, width=1).added == ("c",)


def test_parts_without_a_secret_are_left_alone_and_unknown_secrets_refused() -> None:
    table = publish([tell_count(code, {code: 1}, value=value) for code, value in (("a", 2), ("b", 50))])
    found = suppress(table, withheld={"a"}, secrets={"a": (("a", 1.0),)}, smallest=3)
    assert (found.added, found.unsafe) == ((), ())
    with pytest.raises(ValueError, match="it does not know c"):
        suppress(table, withheld=(), secrets={"c": (("c", 1.0),)}, smallest=3)
    with pytest.raises(ValueError, match="`smallest` must be at least 1; got 0"):
        suppress(table, withheld=(), secrets={}, smallest=0)
