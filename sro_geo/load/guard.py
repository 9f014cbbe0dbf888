"""Reading in a process of its own: what a hostile or damaged file does to a library, it does there.

One such process serves all files. It is started at the first with `subprocess` and plain pipes, so it needs neither fork
nor a main module that can be imported again. In its environment no driver that opens connections or other files is
loaded, and the network is closed; the settings of this process stay as they are. It ends with this process.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from sro_geo.load.telling import refuse
from sro_geo.load.wire import receive

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import IO, BinaryIO

    from sro_geo.load.reading import DataFile
    from sro_geo.load.wire import Answer

LEAST_SECONDS = 60
"""Time that any reading has, the start of the process included; one second more for each megabyte."""

READER = "sro_geo.load.reader"

_SKIPPED = (
    "ADBC", "AIVector", "AVCBin", "AVCE00", "AmigoCloud", "Arrow", "CAD", "CSV", "CSW", "Carto", "DGN", "DWG", "DXF",
    "EDIGEO", "EEDA", "Elasticsearch", "FileGDB", "GDALG", "GMLAS", "GPSBabel", "GPX", "GTFS", "GeoJSONSeq", "GeoRSS",
    "HANA", "HTTP", "Idrisi", "Interlis 1", "Interlis 2", "JML", "JSONFG", "LVBAG", "MBTiles", "MSSQLSpatial", "MVT",
    "MapInfo File", "MapML", "MiraMonVector", "MongoDBv3", "MySQL", "NAS", "NGW", "OAPIF", "OCI", "ODBC", "ODS", "OGCAPI",
    "OGDI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "OSM", "OpenFileGDB", "PCIDSK", "PDF", "PDS4", "PGDUMP", "PGeo", "PLSCENES",
    "PMTiles", "Parquet", "PostgreSQL", "S57", "SOSI", "SQLite", "SVG", "SXF", "Selafin", "TileDB", "VDV", "VFK", "VICAR",
    "WAsP", "WFS", "XLS", "XLSX", "XODR", "netCDF",
)  # fmt: skip
"""Drivers that open connections, scripts or other files, or that no planner's file needs."""

_CLOSED = "http://127.0.0.1:9"
_SETTINGS = {
    "OGR_SKIP": ",".join(_SKIPPED),
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_HTTP_PROXY": _CLOSED,
    "GDAL_HTTPS_PROXY": _CLOSED,
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
    "PROJ_NETWORK": "OFF",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_FIELDTYPES": "ALWAYS_STRING",  # "01" and "12E3" are keys
    "OPENBLAS_NUM_THREADS": "1",  # starts faster
}
_FOREIGN = ("GDAL_", "OGR_", "CPL_")
_KEPT = ("GDAL_DATA",)
_LATE = 10
"""Seconds after which the process ends itself if nobody has done it."""


@dataclass(slots=True)
class _Worker:
    """The process that reads, and whose turn it is to ask it."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    process: subprocess.Popen[bytes] | None = None


_workers: dict[int, _Worker] = {}
"""By the id of the process that asks: after a fork the child has one of its own."""


def read_guarded(file: DataFile, copy: Path, *, kind: str, **wanted: object) -> Answer:
    """Let the process read a layer (`sro_geo.load.layers.read_layer`), or streets (`sro_geo.load.osmscan.scan_osm`).

    Parameters
    ----------
    file : DataFile
        What is read, for messages.
    copy : Path
        Where a copy of it lies that the process may have.
    kind : str
        Type of the file, which says what reads it.
    **wanted
        What that takes: the layer, or the box of the streets.

    Raises
    ------
    DataError
        What it refuses; or if it takes too long or crashes, or the process cannot be started.
    RuntimeError
        If it has a fault of its own.
    """
    seconds = LEAST_SECONDS + copy.stat().st_size // 1_000_000
    order = {"path": str(copy), "name": file.name, "kind": kind, "seconds": seconds + _LATE, **wanted}
    worker = _workers.setdefault(os.getpid(), _Worker())
    with worker.turn:
        process = _take_process(worker, file)
        over = threading.Event()
        answer = None
        try:
            answer = _ask(process, order, over=over, seconds=seconds)
        finally:
            if answer is None:  # also when we are interrupted: a late answer must not be taken for the next one's
                _end(process, patience=0)
    if answer is None:
        raise (
            refuse(file.place, "reading_too_slow", seconds=seconds)
            if over.is_set()
            else refuse(file.place, "reading_crashed")
        )
    facts, arrays = answer
    if "fault" in facts:
        raise RuntimeError(f"the process that reads failed:\n{facts['fault']}")
    if "problem" in facts:
        cause, values = facts["problem"]
        raise refuse(file.place, cause, **values)
    return facts, arrays


def close_guard() -> None:
    """End the process that reads, if there is one; the next file starts another."""
    worker = _workers.pop(os.getpid(), None)
    if worker is not None and worker.process is not None:
        _end(worker.process, patience=5)


atexit.register(close_guard)


def _take_process(worker: _Worker, file: DataFile) -> subprocess.Popen[bytes]:
    """Take the process that runs, or start one."""
    if worker.process is not None and worker.process.poll() is not None:
        _end(worker.process, patience=0)
        worker.process = None
    if worker.process is None:
        if not sys.executable:
            raise refuse(file.place, "reading_impossible", reason="sys.executable")
        try:
            worker.process = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
                [sys.executable, "-P", *(["-B"] if sys.dont_write_bytecode else []), "-m", READER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_make_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise refuse(file.place, "reading_impossible", reason=error.strerror or type(error).__name__) from error
    return worker.process


def _make_environment() -> dict[str, str]:
    """Environment in which our packages are found and GDAL reads local files only, whatever the host has set."""
    own = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or not (name.upper().startswith(_FOREIGN) or name.lower().endswith("_proxy"))
    }
    paths = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100  "" is the current folder
    return {**own, **_SETTINGS, "PYTHONPATH": paths}


def _ask(
    process: subprocess.Popen[bytes], order: Mapping[str, object], *, over: threading.Event, seconds: int
) -> Answer | None:
    """Answer to an order, None where the process has died over it; the event tells that its time was over."""

    def stop() -> None:
        over.set()
        process.kill()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        with contextlib.suppress(OSError):
            stdin = cast("IO[bytes]", process.stdin)
            stdin.write(json.dumps(order).encode() + b"\n")
            stdin.flush()
            return receive(cast("BinaryIO", process.stdout))
    finally:
        timer.cancel()
    return None


def _end(process: subprocess.Popen[bytes], *, patience: float) -> None:
    """Let the process end by itself, or end it."""
    with contextlib.suppress(OSError):
        cast("IO[bytes]", process.stdin).close()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    cast("IO[bytes]", process.stdout).close()
