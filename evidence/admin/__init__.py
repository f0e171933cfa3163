"""The evidence as staff see it: sources, statuses, and the rows of a version."""

from . import links, sources, statuses  # noqa: F401
