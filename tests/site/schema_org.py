"""The part of schema.org that this site uses: types, properties and the words of its enumerations.

Written down from https://github.com/schemaorg/schemaorg, data/schema.ttl and
data/ext/health-lifesci/med-health-core.ttl: for each type the types above it, for each property
the types that may have it and the types that its value may be. "Text" is whatever is not a thing.
"""

from collections.abc import Iterator
from typing import Any

WORDS = "https://schema.org/"

TYPES: dict[str, tuple[str, ...]] = {
    "Thing": (),
    # What is written and shown
    "CreativeWork": ("Thing",),
    "WebSite": ("CreativeWork",),
    "WebPage": ("CreativeWork",),
    "MedicalWebPage": ("WebPage",),
    "ProfilePage": ("WebPage",),
    "WebContent": ("CreativeWork",),
    "HealthTopicContent": ("WebContent",),
    "Article": ("CreativeWork",),
    "ScholarlyArticle": ("Article",),
    "MedicalScholarlyArticle": ("ScholarlyArticle",),
    "DefinedTermSet": ("CreativeWork",),
    "Review": ("CreativeWork",),
    "ClaimReview": ("Review",),
    "Claim": ("CreativeWork",),
    # Medicine
    "MedicalEntity": ("Thing",),
    "MedicalCondition": ("MedicalEntity",),
    "MedicalProcedure": ("MedicalEntity",),
    "TherapeuticProcedure": ("MedicalProcedure",),
    "MedicalTherapy": ("TherapeuticProcedure",),
    "MedicalGuideline": ("MedicalEntity",),
    "MedicalStudy": ("MedicalEntity",),
    "MedicalTrial": ("MedicalStudy",),
    "MedicalObservationalStudy": ("MedicalStudy",),
    "MedicalIntangible": ("MedicalEntity",),
    "DrugLegalStatus": ("MedicalIntangible",),
    "MedicalCode": ("CategoryCode", "MedicalIntangible"),
    # People and places
    "Person": ("Thing",),
    "Organization": ("Thing",),
    "Patient": ("Audience", "Person"),
    "Audience": ("Intangible",),
    "AdministrativeArea": ("Place",),
    "Place": ("Thing",),
    # Lists and the rest
    "Intangible": ("Thing",),
    "ItemList": ("Intangible",),
    "BreadcrumbList": ("ItemList",),
    "ListItem": ("Intangible",),
    "DefinedTerm": ("Intangible",),
    "CategoryCode": ("DefinedTerm",),
    "Rating": ("Intangible",),
    "EntryPoint": ("Intangible",),
    "Action": ("Thing",),
    "SearchAction": ("Action",),
}

_TEXT = ("Text",)
_WORK = ("CreativeWork",)
PROPERTIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("Thing",), _TEXT),
    "url": (("Thing",), _TEXT),
    "description": (("Thing",), _TEXT),
    "alternateName": (("Thing",), _TEXT),
    "sameAs": (("Thing",), _TEXT),
    "potentialAction": (("Thing",), ("Action",)),
    "abstract": (_WORK, _TEXT),
    "about": (_WORK, ("Thing",)),
    "audience": (_WORK, ("Audience",)),
    "author": ((*_WORK, "Rating"), ("Person", "Organization")),
    "citation": (_WORK, _WORK),
    "creativeWorkStatus": (_WORK, _TEXT),
    "creditText": (_WORK, _TEXT),
    "dateModified": (_WORK, _TEXT),
    "datePublished": (_WORK, _TEXT),
    "funder": (_WORK, ("Organization", "Person")),
    "hasPart": (_WORK, _WORK),
    "inLanguage": (_WORK, _TEXT),
    "isBasedOn": (_WORK, _WORK),
    "isPartOf": (_WORK, _WORK),
    "mainEntity": (_WORK, ("Thing",)),
    "publisher": (_WORK, ("Organization", "Person")),
    "publishingPrinciples": ((*_WORK, "Organization", "Person"), _TEXT),
    "correctionsPolicy": (("Organization",), _TEXT),
    "lastReviewed": (("WebPage",), _TEXT),
    "reviewedBy": (("WebPage",), ("Person", "Organization")),
    "specialty": (("WebPage",), ("Specialty",)),
    "jobTitle": (("Person",), _TEXT),
    "claimReviewed": (("ClaimReview",), _TEXT),
    "itemReviewed": (("Review",), ("Thing",)),
    "reviewRating": (("Review",), ("Rating",)),
    "reviewBody": (("Review",), _TEXT),
    "itemListElement": (("ItemList",), ("ListItem",)),
    "position": (("ListItem", *_WORK), _TEXT),
    "item": (("ListItem",), ("Thing", "Text")),
    "termCode": (("DefinedTerm",), _TEXT),
    "inDefinedTermSet": (("DefinedTerm",), ("DefinedTermSet",)),
    "target": (("Action",), ("EntryPoint",)),
    "urlTemplate": (("EntryPoint",), _TEXT),
    # https://schema.org/docs/actions.html: how a property of an action is to be filled in.
    "query-input": (("Action",), _TEXT),
    "hasHealthAspect": (("HealthTopicContent",), ("HealthAspectEnumeration",)),
    "code": (("MedicalEntity",), ("MedicalCode",)),
    "codeValue": (("CategoryCode",), _TEXT),
    "codingSystem": (("MedicalCode",), _TEXT),
    "guideline": (("MedicalEntity",), ("MedicalGuideline",)),
    "study": (("MedicalEntity",), ("MedicalStudy",)),
    "relevantSpecialty": (("MedicalEntity",), ("Specialty",)),
    "legalStatus": (("MedicalEntity",), ("DrugLegalStatus", "Text")),
    "applicableLocation": (("DrugLegalStatus",), ("AdministrativeArea",)),
    "possibleTreatment": (("MedicalCondition",), ("MedicalTherapy",)),
    "status": (
        ("MedicalCondition", "MedicalProcedure", "MedicalStudy"),
        ("MedicalStudyStatus", "Text"),
    ),
    "healthCondition": (("MedicalStudy",), ("MedicalCondition",)),
    "studySubject": (("MedicalStudy",), ("MedicalEntity",)),
    "studyDesign": (("MedicalObservationalStudy",), ("MedicalObservationalStudyDesign",)),
    "trialDesign": (("MedicalTrial",), ("MedicalTrialDesign",)),
}

ENUMERATIONS = {
    "Specialty": {
        *("Endocrine", "Gastroenterologic", "Hematologic", "Neurologic", "Rheumatologic"),
    },
    "HealthAspectEnumeration": {
        *("RisksOrComplicationsHealthAspect", "TreatmentsHealthAspect"),
        *("LivingWithHealthAspect", "SeeDoctorHealthAspect"),
    },
    "MedicalStudyStatus": {
        *("NotYetRecruiting", "Recruiting", "ActiveNotRecruiting", "Completed", "Terminated"),
    },
    "MedicalTrialDesign": {"RandomizedTrial"},
    "MedicalObservationalStudyDesign": {"CohortStudy"},
}


def kinds_of(type_: str) -> set[str]:
    """A type and all above it. KeyError for one that the vocabulary does not know."""
    return {type_}.union(*(kinds_of(above) for above in TYPES[type_]))


def things(told: Any) -> Iterator[dict[str, Any]]:
    """Every thing in a block of data, the inner ones too."""
    if isinstance(told, dict):
        yield told
        for value in told.values():
            yield from things(value)
    elif isinstance(told, list):
        for value in told:
            yield from things(value)


def wrong_words(told: dict[str, Any]) -> list[str]:
    """What the vocabulary does not allow."""
    return [fault for it in things(told.get("@graph", [])) for fault in _faults(it)]


def _faults(thing: dict[str, Any]) -> Iterator[str]:
    type_ = thing.get("@type")
    if type_ is None:
        if set(thing) != {"@id"}:
            yield f"a thing without a type: {thing}"
        return
    if type_ not in TYPES:
        yield f"no such type: {type_}"
        return
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        if name not in PROPERTIES:
            yield f"no such property: {name}"
            continue
        domains, ranges = PROPERTIES[name]
        if not kinds_of(type_).intersection(domains):
            yield f"{type_} has no {name}"
        values = value if isinstance(value, list) else [value]
        if not values or not all(it not in ("", None) for it in values):
            yield f"{type_} has an empty {name}"
        yield from (f"{name} cannot be {it}" for it in values if not _fits(it, ranges))


def _fits(value: Any, ranges: tuple[str, ...]) -> bool:
    if isinstance(value, dict):
        is_reference = set(value) == {"@id"}
        return is_reference or bool(kinds_of(value["@type"]).intersection(ranges))
    if isinstance(value, str) and value.startswith(WORDS):
        word = value.removeprefix(WORDS)
        return any(word in ENUMERATIONS.get(range_, ()) for range_ in ranges)
    return "Text" in ranges
