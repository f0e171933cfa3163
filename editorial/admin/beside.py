"""Beside the form while it is open: who else is there, what is kept, and how it will look."""

from editorial.admin.base import VersionBase


class Beside(VersionBase):
    pass
