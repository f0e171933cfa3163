from .contributor import Contributor
from .event import Event, Ledger, LiveChange
from .feedback import HelpfulCount, Report, SenderCount
from .gate import PassedWarning, PatientReading
from .page import Page
from .rendering import Rendering
from .sign_off import Exemption, SignedText, SignOff, Writer
from .surround import Surround
from .tag import Tag, TagSynonym, VersionTag
from .version import AlsoCalled, KeyMessage, Version
from .work import Comment, KeptForm, Notice, Presence, PreviewLink

__all__ = [
    "AlsoCalled",
    "Comment",
    "Contributor",
    "Event",
    "Exemption",
    "HelpfulCount",
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
    "Report",
    "SenderCount",
    "SignOff",
    "SignedText",
    "Surround",
    "Tag",
    "TagSynonym",
    "Version",
    "VersionTag",
    "Writer",
]
