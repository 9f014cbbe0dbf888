"""The process that reads vector files and OpenStreetMap, started by `sro_geo.load.guard`: answers orders until its input ends.

What pyogrio and osmium would import only in case somebody wanted a frame is kept from being imported: that makes the start three
times faster.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any

from sro_geo.errors import DataError
from sro_geo.load.wire import send

if TYPE_CHECKING:
    from collections.abc import Callable

    from sro_geo.load.wire import Answer

UNNEEDED = ("geopandas", "pandas", "pyarrow", "pyproj", "shapely")


def serve(read: Callable[..., Answer]) -> None:
    """Answer orders: a line of JSON each, with `seconds` and what `read` takes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other side is interrupted, too, and ends this one
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    for line in sys.stdin.buffer:
        order = json.loads(line)
        _set_alarm(order.pop("seconds"))
        try:
            facts, arrays = read(**order)
        except DataError as error:
            facts, arrays = {"problem": [error.problems[0].cause, error.problems[0].values]}, {}
        except MemoryError:  # for the other side it has crashed
            raise
        except Exception:  # noqa: BLE001  our own fault is told to the other side, which raises it there
            facts, arrays = {"fault": traceback.format_exc()}, {}
        _set_alarm(0)
        send(answers, facts, arrays)


def _set_alarm(seconds: int) -> None:
    """Let the system end this process after so many seconds, even where nobody is left to do it."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def read(*, kind: str, **order: Any) -> Answer:
    """What is asked for, by what reads files of that type."""
    if kind == "pbf":
        from sro_geo.load.osmscan import scan_osm  # noqa: PLC0415  only now

        return scan_osm(**order)
    from sro_geo.load.layers import read_layer  # noqa: PLC0415  only now

    return read_layer(kind=kind, **order)


def main() -> None:
    """Read layers and streets."""
    for name in UNNEEDED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None is how an import is forbidden

    serve(read)


if __name__ == "__main__":
    main()
