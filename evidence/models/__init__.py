from .citation import Citation
from .claim import CheckedClaim, Claim
from .regulatory import RegulatoryStatus
from .source import DocumentText, Registration, Source

__all__ = [
    "CheckedClaim",
    "Citation",
    "Claim",
    "DocumentText",
    "Registration",
    "RegulatoryStatus",
    "Source",
]
