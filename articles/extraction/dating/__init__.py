"""Date words: found by rules that are data, each resolved against its own anchor."""

from articles.extraction.dating.reading import find_dates, reanchor, timexes
from articles.extraction.dating.words import DateWord

__all__ = ["DateWord", "find_dates", "reanchor", "timexes"]
