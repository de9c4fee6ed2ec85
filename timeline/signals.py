"""What the record tells those who know more than it does."""

from django.dispatch import Signal

mentions_moved = Signal()
"""An editor said anew which mentions are one event. Sent by the record within its transaction, once
the events are settled, with `events`: the set of the ids of those whose mentions moved or that were
told apart. Whoever groups mentions looks at what lies around them again."""
