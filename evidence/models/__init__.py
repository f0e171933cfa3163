from .citation import Citation
from .claim import CheckedClaim, Claim
from .flag import ReviewFlag
from .links import OutboundLink, TrustedSite
from .regulatory import RegulatoryStatus
from .source import DocumentText, Registration, Source

__all__ = [
    "CheckedClaim",
    "Citation",
    "Claim",
    "DocumentText",
    "OutboundLink",
    "Registration",
    "RegulatoryStatus",
    "ReviewFlag",
    "Source",
    "TrustedSite",
]
