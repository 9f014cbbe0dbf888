"""Reading opens no connection, whatever a file asks for: a real server counts who calls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.errors import DataError
from sro_geo.load import guard
from sro_geo.load.guard import close_guard, read_guarded
from sro_geo.load.vectors import read_vector
from tests.load_data import make_squares, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sro_geo.load.reading import DataFile

ROOT = Path(__file__).parents[2]
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "GDAL_HTTP_PROXY")
EXEMPTIONS = ("NO_PROXY", "no_proxy")
ALONE = """
import sys, warnings, pyogrio.raw
warnings.simplefilter("ignore")
for path in sys.argv[1:]:
    try:
        pyogrio.raw.read(path)
    except Exception:
        pass
"""
"""What the library does when nobody watches it."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server on loopback, and what it was asked for."""

    url: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(f"{self.command} {self.path}")
            self.send_error(404)

        do_HEAD = do_POST = do_CONNECT = do_GET  # noqa: N815  names of the library

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as listening:
        server = Server(url=f"http://127.0.0.1:{listening.server_port}")
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        listening.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=["no proxy", "exempt from proxies", "proxy"])
def network(request: pytest.FixtureRequest, running: Server) -> Iterator[Server]:
    """Let the address of the server, or every address of the web, lead to it."""
    close_guard()
    with pytest.MonkeyPatch.context() as patch:
        for name in (*PROXIES, *EXEMPTIONS):
            patch.delenv(name, raising=False)
        if request.param == "proxy":
            for name in PROXIES:
                patch.setenv(name, running.url)
        elif request.param == "exempt from proxies":
            for name in EXEMPTIONS:
                patch.setenv(name, "*")
        yield running
    close_guard()


@pytest.fixture(scope="module", params=["looked through", "bare"])
def read(request: pytest.FixtureRequest, network: Server) -> Iterator[Callable[[DataFile], object]]:
    """Read a file as always, or without the look before: the library gets it bare, and finds the network closed."""
    network.asked.clear()
    close_guard()
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "looked through":
            yield read_vector
        else:
            patch.setattr(guard, "READER", "tests.hostile_reader")
            yield lambda file: read_guarded(file, file.path, kind="json", layer="read_unchecked")
    close_guard()


def link(url: str, kind: str = "url") -> dict[str, Any]:
    return {"type": kind, "properties": {"url": f"{url}/crs", "href": f"{url}/crs"}}


def squares(url: str, *, place: str, kind: str = "url") -> str:
    text = json.loads(make_squares())
    del text["crs"]
    feature = text["features"][0]
    {"top": text, "feature": feature, "geometry": feature["geometry"]}[place]["crs"] = link(url, kind)
    return json.dumps(text)


def escaped(text: str) -> str:
    for word in ("crs", "url", "type", "properties"):
        text = text.replace(f'"{word}"', '"{}"'.format("".join(f"\\u{ord(letter):04x}" for letter in word)))
    return text


def alone(url: str, part: str) -> str:
    feature = json.loads(squares(url, place=part))["features"][0]
    return json.dumps(feature if part == "feature" else feature["geometry"])


def topology(url: str) -> str:
    ring = [[12, 54], [12.1, 54], [12.1, 54.1], [12, 54.1], [12, 54]]
    shape = {"type": "Polygon", "arcs": [[0]], "properties": {"code": "1"}}
    objects = {"q": {"type": "GeometryCollection", "geometries": [shape]}}
    return json.dumps({"type": "Topology", "crs": link(url), "objects": objects, "arcs": [ring]})


def gml(url: str) -> str:
    return (
        '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:ogr="http://ogr.maptools.org/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xsi:schemaLocation="http://ogr.maptools.org/ {url}/a.xsd"><gml:featureMember><ogr:q><ogr:code>1</ogr:code>'
        f'<ogr:shape xlink:href="{url}/b.gml#c"><gml:Point srsName="{url}/crs"><gml:coordinates>54,12</gml:coordinates>'
        "</gml:Point></ogr:shape></ogr:q></gml:featureMember></gml:FeatureCollection>"
    )


def kml(url: str) -> str:
    return (
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Schema id="s"/><NetworkLink><Link><href>{url}/c.kml</href>'
        f"</Link></NetworkLink><Placemark><name>x</name><styleUrl>{url}/style.kml#s</styleUrl><ExtendedData>"
        f'<SchemaData schemaUrl="{url}/schema.kml#s"/></ExtendedData><Point><coordinates>12,54</coordinates></Point>'
        "</Placemark></Document></kml>"
    )


ASKING: dict[str, tuple[str, Callable[[str], str]]] = {
    "url": ("q.geojson", lambda url: squares(url, place="top")),
    "URL": ("q.geojson", lambda url: squares(url, place="top", kind="URL")),
    "link": ("q.geojson", lambda url: squares(url, place="top", kind="link")),
    "url in escapes": ("q.geojson", lambda url: escaped(squares(url, place="top"))),
    "key in capitals": ("q.geojson", lambda url: squares(url, place="top").replace('"crs"', '"CRS"')),
    "key with a NUL": ("q.geojson", lambda url: squares(url, place="top").replace('"crs"', '"crs\\u0000"')),
    "in a feature": ("q.geojson", lambda url: squares(url, place="feature")),
    "in a geometry": ("q.geojson", lambda url: squares(url, place="geometry")),
    "in a geometry, in escapes": ("q.geojson", lambda url: escaped(squares(url, place="geometry"))),
    "feature alone": ("q.geojson", lambda url: alone(url, "feature")),
    "geometry alone": ("q.json", lambda url: alone(url, "geometry")),
    "single quotes": ("q.json", lambda url: alone(url, "feature").replace('"crs"', "'crs'")),
    "comment": ("q.json", lambda url: alone(url, "feature").replace('"crs":', '"crs"/**/:')),
    "name that is an address": ("q.geojson", lambda url: squares(url, place="top", kind="name").replace('"url":', '"name":')),
    "TopoJSON": ("q.json", topology),
    "TopoJSON in escapes": ("q.topojson", lambda url: escaped(topology(url))),
    "GML": ("q.gml", gml),
    "KML": ("q.kml", kml),
    "VRT": (
        "q.geojson",
        lambda url: f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/{url}/d.geojson</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>",
    ),
    "WFS": ("q.gml", lambda url: f"<OGRWFSDataSource><URL>{url}/wfs?SERVICE=WFS</URL></OGRWFSDataSource>"),
}  # fmt: skip
CALLS_ALONE = (
    "url",
    "link",
    "url in escapes",
    "key in capitals",
    "key with a NUL",
    "in a geometry",
    "TopoJSON",
    "VRT",
    "single quotes",
)
"""Files for which the library, left alone, calls at once."""


@pytest.mark.parametrize("asking", list(ASKING))
def test_nobody_is_called(tmp_path: Path, network: Server, read: Callable[[DataFile], object], asking: str) -> None:
    name, make = ASKING[asking]
    file = write(tmp_path, name, make(network.url))
    with suppress(DataError, RuntimeError):  # what is harmless in it may be read; the library's own error is one, too
        read(file)
    assert network.asked == []


def test_the_server_would_notice(tmp_path: Path, running: Server) -> None:
    running.asked.clear()
    files = []
    for number, asking in enumerate(CALLS_ALONE):
        name, make = ASKING[asking]
        files.append(tmp_path / f"{number}{name}")
        files[-1].write_text(make(f"{running.url}/{number}"))
    own = {key: value for key, value in os.environ.items() if key not in PROXIES}
    subprocess.run(
        [sys.executable, "-c", ALONE, *map(str, files)], env={**own, "NO_PROXY": "*", "no_proxy": "*"}, check=True
    )
    called = {path.split("/")[1] for path in running.asked}
    assert [CALLS_ALONE[int(number)] for number in sorted(called & set("0123456789"))] == list(CALLS_ALONE)


def test_the_command_refuses_and_calls_nobody(tmp_path: Path, running: Server) -> None:
    running.asked.clear()
    write(tmp_path, "q.geojson", escaped(squares(running.url, place="top")))
    text = 'title = "A"\nplace = "B"\nyear = 2024\n[quarters]\nfile = "q.geojson"\nkey = "code"\n'
    write(tmp_path, "project.toml", text)
    done = subprocess.run(
        [sys.executable, "-m", "sro_geo", "check", str(tmp_path)],
        env={**os.environ, "NO_PROXY": "*", "no_proxy": "*"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, running.asked) == (2, [])
    assert "verweist auf andere Dateien oder Adressen" in done.stderr
