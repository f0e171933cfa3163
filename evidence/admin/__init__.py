"""The evidence as staff see it: sources, statuses, and the rows of a version."""

from . import sources, statuses  # noqa: F401
