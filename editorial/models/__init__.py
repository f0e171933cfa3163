from .contributor import Contributor
from .event import Event, Ledger, LiveChange
from .gate import PassedWarning, PatientReading
from .page import Page
from .rendering import Rendering
from .sign_off import Exemption, SignedText, SignOff, Writer
from .tag import Tag, TagSynonym, VersionTag
from .version import AlsoCalled, KeyMessage, Version
from .work import Comment, KeptForm, Notice, Presence, PreviewLink

__all__ = [
    "AlsoCalled",
    "Comment",
    "Contributor",
    "Event",
    "Exemption",
    "KeptForm",
    "KeyMessage",
    "Ledger",
    "LiveChange",
    "Notice",
    "Page",
    "PassedWarning",
    "PatientReading",
    "Presence",
    "PreviewLink",
    "Rendering",
    "SignOff",
    "SignedText",
    "Tag",
    "TagSynonym",
    "Version",
    "VersionTag",
    "Writer",
]
