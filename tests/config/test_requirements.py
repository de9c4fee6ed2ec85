"""What is installed is what was pinned."""

import re
import tomllib

import pytest
from django.conf import settings

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (settings.BASE_DIR / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^ ;\\]+)", LOCK, re.MULTILINE))
CONSTRAINED = PROJECT["tool"]["uv"]["constraint-dependencies"]
MODEL_WHEEL = "sha256:26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4"


@pytest.mark.parametrize(
    "pin", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"] + CONSTRAINED
)
def test_every_requirement_is_pinned_exactly(pin: str) -> None:
    assert re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.+!]+", pin)


@pytest.mark.parametrize("pin", PROJECT["project"]["dependencies"])
def test_the_image_gets_the_pinned_version(pin: str) -> None:
    name, version = pin.split("==")
    assert LOCKED[name.partition("[")[0]] == version


def test_nothing_is_installed_that_is_not_pinned() -> None:
    pins = [*PROJECT["project"]["dependencies"], *CONSTRAINED]
    names = {pin.partition("==")[0].partition("[")[0] for pin in pins}
    assert LOCKED.keys() <= names


def test_the_language_model_is_the_one_that_was_checked() -> None:
    assert MODEL_WHEEL in LOCK
