"""`python -m sro_geo` is the command `sro-geo`."""

from __future__ import annotations

from sro_geo.cli import main

if __name__ == "__main__":
    main()
