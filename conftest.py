"""The shipped studies for all tests, the examples in the docstrings among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.model.study import Study
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
    if any("run_study(" in example.source for example in item.dtest.examples):
        study: Study = request.getfixturevalue("musterstadt")

        def tell(project: Project) -> Study:
            if project.title != study.about.title:
                pytest.fail(f"an example runs another study: {project.title}")
            return replace(study, about=replace(study.about, language=project.language))

        monkeypatch.setattr("sro_geo.run_study", tell)
