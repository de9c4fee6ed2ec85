"""Why the record could not be changed; each docstring is the sentence that the editor reads."""


class RecordError(Exception):
    """The record could not be changed."""

    def __str__(self) -> str:
        return super().__str__() or (type(self).__doc__ or "")


class Stale(RecordError):
    """Somebody else changed this event after you opened it; look at it again, then decide."""


class NotAValue(RecordError):
    """This is not a value that the field can hold."""


class UnknownActor(NotAValue):
    """There is no actor of this name; add the actor first."""


class Merged(RecordError):
    """This event was merged into another; what is said of it is said there."""


class NotMerged(RecordError):
    """No merge of this event stands that could be undone."""


class MergedFurther(RecordError):
    """The event that it was merged into was itself merged into another; undo that merge first."""


class NotShown(RecordError):
    """Only events that readers see can be merged, split or kept apart."""


class NotTwo(RecordError):
    """An event cannot be merged with itself or kept apart from itself."""


class NotASplit(RecordError):
    """Choose some of the accounts, but not all: those that go and those that stay are two events."""


class NotLast(RecordError):
    """Something was done to one of these events after that; undo the later change first."""


class NotUndoable(RecordError):
    """This was undone already, or is itself the undoing of something."""
