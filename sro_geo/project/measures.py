"""The form of what a project file asks to be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sro_geo.load.catalogue import Code  # noqa: TC001  pydantic reads it
from sro_geo.load.toml import Strict
from sro_geo.model.reach import code_shock

if TYPE_CHECKING:
    from collections.abc import Sequence

Positive = Annotated[float, Field(gt=0)]
Weight = Annotated[float, Field(ge=0)]
Two = Annotated[list[float], Field(min_length=2, max_length=2)]
Text = Annotated[str, Field(min_length=1)]


class Coverage(Strict):
    """How reach is measured."""

    distance: Literal["straight", "walking", "table"]
    detour_factor: Annotated[float | None, Field(ge=1)] = None
    minutes: Annotated[list[Positive], Field(min_length=1)]
    speed_kmh: Positive
    sharing: Literal["2sfca", "balanced"] | None = None
    weights: list[Annotated[float, Field(ge=0, le=1)]] | None = None


class Weights(Strict):
    """Weight of each dimension; one that is not named is not scored."""

    robustness: Positive | None = None
    redundancy: Positive | None = None
    recovery: Positive | None = None


class Index(Strict):
    """How the index is made."""

    normalise: Literal["goalposts", "minmax"]
    aggregate: Literal["arithmetic", "geometric"]
    weights: Weights
    least_known: Annotated[float, Field(ge=0, le=1)] = 0.6
    lowest: Annotated[float, Field(ge=0, lt=100)] = 0.0
    indicators: dict[str, Weight] = Field(default_factory=dict)
    goalposts: dict[str, Two] = Field(default_factory=dict)
    name: Text | None = None


class Redundancy(Strict):
    """What redundancy counts."""

    kinds: Annotated[list[Text], Field(min_length=1)]
    minutes: Positive


class Suppose(Strict):
    """What is supposed to happen to the offers of a kind."""

    kind: Text
    minutes: Positive
    code: Code | None = None
    close_offers: list[Text] = Field(default_factory=list)
    close_providers: list[Text] = Field(default_factory=list)
    open_at: Text | None = None
    fewer_places: Annotated[float, Field(ge=0, le=1)] = 0.0
    more_persons: Annotated[float, Field(ge=0, le=1)] = 0.0
    dimension: Literal["robustness", "redundancy"] | None = None

    @property
    def closes(self) -> bool:
        """Whether any offer may close."""
        return bool(self.close_offers or self.close_providers or self.open_at)


def code_shocks(orders: Sequence[Suppose]) -> list[str]:
    """Code of the share that each supposed shock leaves without an offer."""
    return [code_shock(order.code or number) for number, order in enumerate(orders, start=1)]


def list_shocks(orders: Sequence[Suppose]) -> list[str]:
    """Codes of those in which something closes: the others leave nobody without."""
    return [code for code, order in zip(code_shocks(orders), orders, strict=True) if order.closes]


class Siting(Strict):
    """Where further offers would help most."""

    kind: Text
    count: Annotated[int, Field(ge=1, le=20)] = 1
    minutes: Positive
    candidates: Text | None = None
    crs: Text | None = None
    decimal: Literal[",", "."] | None = None
    problem: Literal["cover", "cover_twice", "median"] = "cover"
    best: Annotated[int, Field(ge=1, le=5)] = 3
    seconds: Positive = 20.0
