"""Here the record is tested by itself: nobody regroups mentions when an editor has moved some."""

import pytest

from timeline.signals import mentions_moved


@pytest.fixture(autouse=True)
def _nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mentions_moved, "receivers", [])
