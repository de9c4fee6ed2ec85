"""Days and addresses as files write them, taken only when they can be read in one way."""

import datetime as dt
import re
from urllib.parse import urlsplit

ISO_DAY = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?![\d-])")


def written_day(value: str) -> dt.date | None:
    """The day a value such as "2025-07-04T23:30:00-04:00" begins with: 4 July, as it is written.

    Any other notation is None: 05/06/2025 is two days.
    """
    found = ISO_DAY.match(value)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def web_address(value: str) -> str:
    """An http or https address, or nothing: a page may call anything its address."""
    value = value.strip()
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in ("http", "https") and parts.hostname else ""
