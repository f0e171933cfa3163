"""Why a move of a version's life was refused, in a sentence that a person can read."""


class Refused(Exception):
    """A move that may not be made. `str()` says what is missing and, where it helps, who can."""


class NotAllowed(Refused):
    """This person has no right to do this."""


class WrongState(Refused):
    """The version is not in a state from which this move leads; often somebody was faster."""


class StaleEdit(Refused):
    """The text was saved by somebody else after this person opened it."""


class NotReady(Refused):
    """Something that must be there before this move is missing."""


class OutOfBounds(Refused):
    """The change is more than a quick correction may make."""
