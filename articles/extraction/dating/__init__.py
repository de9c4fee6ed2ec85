"""Date words: found by rules that are data, each resolved against its own anchor."""

from articles.extraction.dating.reading import find_dates, reanchor, timexes
from articles.extraction.dating.words import DateWord, begun_in

__all__ = ["DateWord", "begun_in", "find_dates", "reanchor", "timexes"]
