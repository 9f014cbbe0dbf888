"""Only files that a project may read are opened, and only as what they are."""

from pathlib import Path

import pytest

from sro_geo.errors import DataError
from sro_geo.load.reading import expect_type, find_file
from tests.load_data import make_squares, write, write_book


def find_cause(name: str, folder: Path, *allow: Path) -> str:
    with pytest.raises(DataError) as caught:
        find_file(name, folder=folder, allow=allow)
    (problem,) = caught.value.problems
    assert problem.places[0].file == name
    return problem.cause


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Folder of a project; beside it lies a folder that it has not been allowed."""
    for name in ("project", "beside"):
        (tmp_path / name).mkdir()
    (tmp_path / "beside" / "table.csv").write_text("a,b\n1,2\n")
    return tmp_path / "project"


def test_a_file_beside_the_project_needs_permission(outside: Path) -> None:
    assert find_cause("../beside/table.csv", outside) == "file_outside"
    found = find_file("../beside/table.csv", folder=outside, allow=[outside.parent / "beside"])
    assert found.name == "../beside/table.csv"
    assert found.path == (outside.parent / "beside" / "table.csv").resolve()


def test_links_are_followed_before_the_question_is_asked(outside: Path) -> None:
    (outside / "inside.csv").symlink_to("../beside/table.csv")
    assert find_cause("inside.csv", outside) == "file_outside"


@pytest.mark.parametrize("name", ["/etc/passwd", "/vsicurl/http://127.0.0.1/a.geojson", "../../../../../etc/hostname"])
def test_absolute_paths_and_library_addresses_lie_outside(outside: Path, name: str) -> None:
    assert find_cause(name, outside) == "file_outside"


def test_an_address_is_no_file(outside: Path) -> None:
    assert find_cause("WFS:https://example.org/wfs", outside) == "file_missing"


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "empty.csv").touch()
    assert find_cause("pipe.csv", tmp_path) == "file_not_regular"
    assert find_cause("empty.csv", tmp_path) == "file_empty"
    assert find_cause(".", tmp_path) == "file_is_folder"
    assert find_cause("missing.csv", tmp_path) == "file_missing"
    assert find_cause("a\0b.csv", tmp_path) == "file_unreadable"


def test_a_sparse_giant_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "giant.csv").open("wb") as file:
        file.truncate(500_000_001)
    assert find_cause("giant.csv", tmp_path) == "file_too_large"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a;b\n1;2\n", "text"),
        (b"\xef\xbb\xbf  {}", "json"),
        (b"<?xml version='1.0'?><kml/>", "xml"),
        (b"SQLite format 3\0", "gpkg"),
        (b"fgb\x03fgb\x00", "fgb"),
        (b"\x00\x00\x27\x0a", "shp"),
        (b"II*\0", "tif"),
    ],
)
def test_the_content_decides_and_not_the_name(tmp_path: Path, content: bytes, kind: str) -> None:
    assert expect_type(write(tmp_path, "data.bin", content), [kind]) == kind


def test_workbooks_are_told_from_other_archives(tmp_path: Path) -> None:
    assert expect_type(write_book(tmp_path, "book.csv", {"a": [[1]]}), ["xlsx", "ods"]) == "xlsx"


def find_type_cause(folder: Path, content: bytes | str, *types: str) -> str:
    with pytest.raises(DataError) as caught:
        expect_type(write(folder, "data", content), types)
    return caught.value.problems[0].cause


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"<!DOCTYPE html><html></html>", "file_is_html"),
        (b"PK\x03\x04broken", "file_is_zip"),
        (b"\xd0\xcf\x11\xe0", "file_is_xls"),
        ("a,b\n".encode("utf-16"), "file_is_utf16"),
        (b"%PDF-1.7", "file_wrong_type"),
        (b"a\0b", "file_wrong_type"),
        (b"<OGRVRTDataSource/>", "file_wrong_type"),
    ],
)
def test_other_types_are_named(tmp_path: Path, content: bytes, cause: str) -> None:
    assert find_type_cause(tmp_path, content, "text") == cause


def test_a_file_of_another_type_is_the_same_problem_whatever_it_was_to_be(tmp_path: Path) -> None:
    """Read for ways and for offers it is told once; the kinds that are named only where the message says them matter."""
    file = write(tmp_path, "stadt.osm.pbf", b"<!DOCTYPE html><html></html>")
    with pytest.raises(DataError) as ways:
        expect_type(file, ["pbf"])
    with pytest.raises(DataError) as offers:
        expect_type(file, ["text", "pbf"])
    assert ways.value.problems == offers.value.problems


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>',
        "<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>",
        "<OGRWFSDataSource><URL>http://127.0.0.1</URL></OGRWFSDataSource>",
        '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline"}',
    ],
)
def test_files_that_point_elsewhere_are_refused(tmp_path: Path, content: str) -> None:
    assert find_type_cause(tmp_path, content, "json", "xml") == "file_refers_elsewhere"


def test_a_link_in_the_data_is_no_reference(tmp_path: Path) -> None:
    assert expect_type(write(tmp_path, "a.geojson", make_squares(type="link")), ["json"]) == "json"
