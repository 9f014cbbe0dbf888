"""Start the command without the right of root to write where nobody may: `python -m tests.bad_input.denied ARGUMENT …`."""

from __future__ import annotations

import ctypes
import os
import sys

_DROP_FROM_BOUNDING_SET = 24
_DAC_OVERRIDE = 1


def main() -> None:
    """Give the right up for good, and become the command."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(_DROP_FROM_BOUNDING_SET, _DAC_OVERRIDE, 0, 0, 0) != 0:
        raise SystemExit("the right could not be given up")
    os.execv(sys.executable, [sys.executable, "-m", "sro_geo", *sys.argv[1:]])  # noqa: S606  no shell is wanted


if __name__ == "__main__":
    main()
