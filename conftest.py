"""The shipped studies for all tests, the examples in the docstrings among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.model.study import Study
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

pytest_plugins = ("tests.studies",)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, and no process that one starts, touches the cache of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SRO_GEO_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _examples_share_musterstadt(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    item = request.node
    if not isinstance(item, pytest.DoctestItem):
        return
    sources = "".join(example.source for example in item.dtest.examples)
    if "run_study(" in sources:
        study: Study = request.getfixturevalue("musterstadt")

        def tell(project: Project, **_: object) -> Study:
            _expect(project, title=study.about.title)
            return replace(study, about=replace(study.about, language=project.language))

        monkeypatch.setattr("sro_geo.run_study", tell)
    if "read_tables(" in sources:
        tables: Tables = request.getfixturevalue("musterstadt_tables")

        def give(project: Project) -> Tables:
            _expect(project, title="Sozialraum-Atlas Musterstadt")
            return tables

        monkeypatch.setattr("sro_geo.pipeline.tables.read_tables", give)


def _expect(project: Project, *, title: str) -> None:
    if project.title != title:
        pytest.fail(f"an example is about another study: {project.title}")
