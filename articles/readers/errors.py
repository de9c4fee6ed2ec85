"""Why a file could not be read. The docstring of each error is the sentence that a person sees."""

from inspect import getdoc


class NotReadable(Exception):
    """This file cannot be read."""

    def __str__(self) -> str:
        return " ".join((getdoc(type(self)) or "").split())


class EmptyFile(NotReadable):
    """This file is empty: there is no text in it."""


class TooLarge(NotReadable):
    """This file is larger than 4 MB, which is more than an article. Send the text of one article."""


class UnknownKind(NotReadable):
    """Files of this kind cannot be read. Send plain text (.txt), Markdown (.md) or a web page
    (.html), or paste the text."""


class NotText(NotReadable):
    """This file is not text, whatever its name says: it looks like a picture, a document of a word
    processor or a program. Paste the text instead."""


class WrongEncoding(NotReadable):
    """The letters of this file cannot be made out, because it is not saved as UTF-8. Save it as
    UTF-8, or paste the text."""


class NoArticle(NotReadable):
    """No article was found on this page. Paste its text instead."""
