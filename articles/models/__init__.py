from .facts import ArticleFacts, Code, DiseaseFacts, TherapyFacts
from .kinds import Article, Disease, Therapy

__all__ = [
    "Article",
    "ArticleFacts",
    "Code",
    "Disease",
    "DiseaseFacts",
    "Therapy",
    "TherapyFacts",
]
