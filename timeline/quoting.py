"""Links that quote: the reader's browser scrolls to the sentence at the source and marks it."""

from urllib.parse import quote

QUOTED = 8
"""Words at each end of a long sentence that the link names."""


def quoting(url: str, sentence: str) -> str:
    """The address with a text fragment: browsers scroll to the sentence and mark it.

    https://wicg.github.io/scroll-to-text-fragment/ – long sentences by their first and last words.
    """
    if not url or "#" in url:
        return url
    said = sentence.split()
    ends = [said] if len(said) <= 2 * QUOTED else [said[:QUOTED], said[-QUOTED:]]
    return f"{url}#:~:text={','.join(_fragment(' '.join(end)) for end in ends)}"


def _fragment(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")
