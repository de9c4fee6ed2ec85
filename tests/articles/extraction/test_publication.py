"""The publication day as the text shows it; a year it does not give is asked for."""

import datetime as dt

import pytest

from articles.extraction.publication import propose
from articles.extraction.text import lay_out

LATEST = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day", "because"),
    [
        pytest.param(
            "MOSCOW, 26 October 1962 — The note came.",
            dt.date(1962, 10, 26),
            "The dateline says “26 October 1962”.",
            id="dateline",
        ),
        pytest.param(
            "Envoys Meet\nUpdated: 7 July 2025\nPublished: 6 July 2025\nThe envoys met in Oslo.",
            dt.date(2025, 7, 6),
            "The page says “Published: 6 July 2025”.",
            id="stamp",
        ),
        pytest.param(
            "https://example.org/2025/07/06/envoys-meet\nThe envoys met in Oslo.",
            dt.date(2025, 7, 6),
            "The address in the text has /2025/07/06.",
            id="address",
        ),
        pytest.param(
            "The envoys met on 3 July 2025.",
            None,
            "The latest full date in the text is 3 July 2025; it may not be the day of"
            " publication.",
            id="full-date",
        ),
        pytest.param(
            "GENEVA, July 4 (Wire) - The envoys met.",
            None,
            "The dateline says “July 4” without a year, and nothing in the text tells it.",
            id="no-year",
        ),
        pytest.param("The envoys met.", None, "The text names no full date.", id="nothing"),
    ],
)
def test_day_and_reason(text: str, day: dt.date | None, because: str) -> None:
    proposal = propose(lay_out(text), today_latest=LATEST)
    assert (proposal.day, proposal.because) == (day, because)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        pytest.param(
            "GENEVA, July 4 (Wire) - The envoys met on Thursday, July 3.",
            (dt.date(2025, 7, 4), dt.date(2014, 7, 4), dt.date(2008, 7, 4), dt.date(2003, 7, 4)),
            id="the-weekday-fits",
        ),
        pytest.param(
            "GENEVA, July 4 (Wire) - The truce of 16 May 2024 failed.",
            (dt.date(2024, 7, 4),),
            id="the-text-names-a-year",
        ),
        pytest.param(
            "GENEVA, Jan. 2 (Wire) - The envoys met on Tuesday, December 31.",
            (dt.date(2025, 1, 2), dt.date(2020, 1, 2), dt.date(2014, 1, 2), dt.date(2003, 1, 2)),
            id="over-the-new-year",
        ),
        pytest.param(
            "GENEVA, July 4 (Wire) - The envoys met on Thursday, July 3, and Thursday, July 2.",
            (),
            id="no-year-fits",
        ),
        pytest.param("The envoys met on 3 July 2031.", (), id="not-yet"),
    ],
)
def test_candidates(text: str, candidates: tuple[dt.date, ...]) -> None:
    proposal = propose(lay_out(text), today_latest=LATEST)
    assert (proposal.day, proposal.candidates) == (None, candidates)


def test_the_reason_stays_short_for_a_text_full_of_dates() -> None:
    text = (
        "GENEVA, July 4 (Wire) - They met on Thursday, July 3." + " It was Thursday, July 3." * 400
    )
    proposal = propose(lay_out(text), today_latest=LATEST)
    assert proposal.because == (
        "The dateline says “July 4” without a year; “Thursday, July 3” fits 2025, 2014, 2008, 2003."
    )


def test_an_address_that_never_ends() -> None:
    proposal = propose(lay_out("http://" * 30_000), today_latest=LATEST)
    assert proposal.because == "The text names no full date."
