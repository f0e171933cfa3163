from .contributor import Contributor
from .event import Event, Ledger, LiveChange
from .page import Page
from .rendering import Rendering
from .sign_off import Exemption, SignOff, Writer
from .tag import Tag, TagSynonym, VersionTag
from .version import AlsoCalled, KeyMessage, Version

__all__ = [
    "AlsoCalled",
    "Contributor",
    "Event",
    "Exemption",
    "KeyMessage",
    "Ledger",
    "LiveChange",
    "Page",
    "Rendering",
    "SignOff",
    "Tag",
    "TagSynonym",
    "Version",
    "VersionTag",
    "Writer",
]
