"""Why a text could not be read. The docstring of each error is the sentence that a person sees."""


class Unreadable(Exception):
    """This text could not be read."""

    def __str__(self) -> str:
        return super().__str__() or (type(self).__doc__ or "")


class NotEnglish(Unreadable):
    """This article does not seem to be in English; only English articles are read."""


class TooManyWords(Unreadable):
    """More than 50,000 words and signs are not read at once. Split this text, and send its parts."""
