"""Assert that a wheel's package and data were used: package from site-packages, data from `shipped/`."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Check the folder that `sro-geo run` wrote, with the Python of the new environment."""
    environment, work = (Path(argument).resolve() for argument in sys.argv[1:3])
    import sro_geo  # noqa: PLC0415  the installed one is the point

    package = Path(sro_geo.__file__).resolve()
    shipped = sro_geo.find_shipped("geodata/rostock/stadtbereiche.geojson").resolve()
    written = work / "maps" / "rostock"
    protocol = json.loads((written / "protocol.json").read_text(encoding="utf-8"))
    checks = {
        "package in site-packages": package.is_relative_to(environment) and "site-packages" in package.parts,
        "data from shipped": shipped.is_relative_to(package.parent / "shipped"),
        "atlas written": (written / "index.html").stat().st_size > 0,
        "sources read": len(protocol["sources"]) > 0,
    }
    for name, holds in checks.items():
        print(f"{'ok' if holds else 'WRONG'}: {name}")
    sys.exit(0 if all(checks.values()) else 1)


if __name__ == "__main__":
    main()
