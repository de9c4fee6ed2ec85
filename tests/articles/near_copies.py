"""One wire text, and the same as ten papers print it."""

import datetime as dt

JULY_4 = dt.date(2025, 7, 4)
NEWS = (
    "President Donald Trump spoke by phone with Russian President Vladimir Putin on Thursday. They "
    "discussed the war in Ukraine for about an hour, and it was the sixth time that they had done "
    "so since the beginning of the year."
)
CAPITALS = (
    "Officials in both capitals called the talk frank. Neither side spoke of a date for a meeting, "
    "and nobody expected one before the end of the summer, when both will be travelling anyway."
)
TEAMS = "Diplomats had hoped for more, but said that the teams of the two would stay in touch."
WIRE = f"WASHINGTON, July 4 (Meridian Wire) - {NEWS}\n\n{CAPITALS}\n\n{TEAMS}"
PAPERS = [
    f"Leaders talk, no. {number}\n\nWASHINGTON - {NEWS}\n\n{CAPITALS}"
    + f"\n\n{TEAMS}" * (number % 2)
    for number in range(10)
]
"""One text, each under a headline of its own, every other one with its last paragraph."""
