"""Figures of a bench are gathered while it runs and printed as one table at its end."""

from collections.abc import Callable, Iterator

import pytest

from tests.bench import processors

FIGURES = pytest.StashKey[list[tuple[str, str]]]()
Note = Callable[[str, str], None]


@pytest.fixture
def note(pytestconfig: pytest.Config) -> Note:
    """Add a line to the table: what was measured, and the figures."""
    if hasattr(pytestconfig, "workerinput"):
        pytest.fail("A bench has the machine to itself: uv run pytest -n 0 tests/bench")
    figures = pytestconfig.stash.setdefault(FIGURES, [])
    return lambda name, said: figures.append((name, said))


@pytest.fixture
def one_core() -> Iterator[None]:
    """All that a test measures runs on one core."""
    with processors.one():
        yield


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    figures = config.stash.get(FIGURES, [])
    if figures:
        terminalreporter.section("figures")
        width = max(len(name) for name, _ in figures)
        for name, said in sorted(figures):
            terminalreporter.write_line(f"{name:{width}}  {said}")
