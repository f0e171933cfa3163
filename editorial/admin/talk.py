"""Comments on a version, and the links by which people without an account read it."""

from editorial.admin.base import VersionBase


class Talk(VersionBase):
    pass
