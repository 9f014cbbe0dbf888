"""What lies in `maps/` is what the code draws."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.comparing import compare_folders, list_told
from tests.leaks import write_page

MAPS = Path(__file__).parents[2] / "maps"


@pytest.mark.parametrize("name", ["rostock", "musterstadt"])
def test_the_kept_maps_are_what_the_code_draws(folders: dict[str, Path], name: str) -> None:
    differs = compare_folders(MAPS / name, folders[name])
    if differs:
        pytest.fail("scripts/run renews maps/; kept and fresh differ:\n" + "\n".join(differs[:200]), pytrace=False)


def test_a_difference_is_told_as_what_the_page_says(folders: dict[str, Path], tmp_path: Path) -> None:
    copy = shutil.copytree(folders["musterstadt"], tmp_path / "copy")
    told = list_told(copy)
    sentence = next(line for line in told if ".sentences.08: " in line).split(": ", 1)[1]

    def change(data: Any) -> None:
        data.update(json.loads(json.dumps(data, ensure_ascii=False).replace(sentence, "Anders.")))

    write_page(copy, change)
    differs = compare_folders(folders["musterstadt"], copy)
    assert [line for line in differs if line.endswith(": Anders.") and line.startswith("+")]
    assert [line for line in differs if line.endswith(f": {sentence}") and line.startswith("-")]
    assert len(differs) == 4  # two headings, one line each


def test_versions_are_no_difference_and_a_table_is(folders: dict[str, Path], tmp_path: Path) -> None:
    copy = shutil.copytree(folders["musterstadt"], tmp_path / "copy")
    protocol = json.loads((copy / "protocol.json").read_text(encoding="utf-8"))
    protocol["versions"]["numpy"] = "99"
    (copy / "protocol.json").write_text(json.dumps(protocol), encoding="utf-8")
    assert compare_folders(folders["musterstadt"], copy) == []
    with (copy / "tables" / "scores.csv").open("a", encoding="utf-8") as file:
        file.write("x")
    (copy / "tables" / "supply.csv").unlink()
    assert compare_folders(folders["musterstadt"], copy) == [
        "only kept: tables/supply.csv",
        "differs: tables/scores.csv",
    ]
