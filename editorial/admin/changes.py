"""Seeing change: the history of a page, and any two of its versions compared."""

from editorial.admin.base import VersionBase


class Changes(VersionBase):
    pass
