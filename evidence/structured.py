"""Sources and studies in the words of schema.org.

The paper and the study are two things: MedicalScholarlyArticle and MedicalTrial. How sure we are of
a finding is not told: MedicalEvidenceLevel is for guidelines alone, and GRADE does not fit into it.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.models import Tag
from editorial.structured import Node, at, page_id, word
from evidence.models import Source
from evidence.models.claim import Direction

if TYPE_CHECKING:
    from editorial.models import Version
    from editorial.rendering import Document
    from evidence.map import Cell

PAPERS = frozenset(
    {
        *(Source.Kind.TRIAL, Source.Kind.COHORT, Source.Kind.CASE_REPORT, Source.Kind.REVIEW),
        *(Source.Kind.GUIDELINE, Source.Kind.POLICY, Source.Kind.SAFETY, Source.Kind.INSTRUMENT),
    }
)
TRIALS = frozenset({Source.Design.RANDOMISED_TRIAL, Source.Design.SINGLE_ARM})
OBSERVED = frozenset({Source.Design.COMPARATIVE_COHORT, Source.Design.COHORT})
# Where a trial stands; one that nobody knows of has no word.
STATUSES = {
    Source.TrialStatus.NOT_YET_RECRUITING: "NotYetRecruiting",
    Source.TrialStatus.RECRUITING: "Recruiting",
    Source.TrialStatus.ACTIVE: "ActiveNotRecruiting",
    Source.TrialStatus.COMPLETED: "Completed",
    Source.TrialStatus.STOPPED: "Terminated",
}


# --- a source among others ----------------------------------------------------------------


def cited(source: Source) -> Node:
    """A line of the references."""
    return _named(source, _kind_of_work(source))


def study_kind(source: Source) -> str:
    """Which kind of study in people the source is or reports; empty for every other text."""
    if not source.is_about_people:
        return ""
    if source.design in TRIALS or source.kind == Source.Kind.REGISTRATION:
        return "MedicalTrial"
    return "MedicalObservationalStudy" if source.design in OBSERVED else ""


def studies(sources: Iterable[Source]) -> list[Node]:
    """The studies in people among these that still stand."""
    return [_named(it, study_kind(it)) for it in _standing(sources) if study_kind(it)]


def guidelines(sources: Iterable[Source]) -> list[Node]:
    """The guidelines among these that still stand."""
    standing = _standing(sources)
    return [_named(it, "MedicalGuideline") for it in standing if is_guideline(it)]


def is_guideline(source: Source) -> bool:
    return source.kind == Source.Kind.GUIDELINE


def _standing(sources: Iterable[Source]) -> list[Source]:
    return [it for it in sources if it.stands and not it.is_private]


def _named(source: Source, kind: str) -> Node:
    return {"@type": kind, "name": source.title, "url": at(source.get_absolute_url())}


def _kind_of_work(source: Source) -> str:
    return "MedicalScholarlyArticle" if source.kind in PAPERS else "CreativeWork"


# --- with a text --------------------------------------------------------------------------


def tell_sources(document: "Document") -> None:
    """A step of rendering, after `number_citations`: the references, and what the claims rest on.

    Private texts that were read in are told of nowhere.
    """
    shown: Sequence[Source] = document.shown.get("cited", ())
    public = [it for it in shown if not it.is_private]
    if not public:
        return
    words: Node = {"@type": "MedicalWebPage", "citation": [cited(it) for it in public]}
    behind = {citation.source_id for citation in _of_claims(document.version)}
    if rests_on := [cited(it) for it in public if it.pk in behind and it.stands]:
        words["isBasedOn"] = rests_on
    document.tell(page_id(document.version), words)


def treatments_of_guidelines(version: "Version") -> list[str]:
    """The treatments whose benefit a claim of this version rests on a guideline that stands.

    `possibleTreatment` reads like advice: nothing less than a guideline carries it.
    """
    found = [
        claim.therapy.name
        for claim in version.claims.all()
        if claim.direction == Direction.BENEFIT
        and any(is_guideline(it.source) and it.source.stands for it in claim.citations.all())
    ]
    return list(dict.fromkeys(found))


def _of_claims(version: "Version") -> Iterable:
    for claim in version.claims.all():
        yield from claim.citations.all()


# --- the page of a source, and a place on the map -----------------------------------------


def source_page(source: Source) -> list[Node]:
    """The work, and the study that it reports, or the trial that it announces."""
    study = _study(source)
    if source.kind == Source.Kind.REGISTRATION:
        return [study] if study else []
    work = _work(source)
    if study:
        work["about"] = study
    elif is_guideline(source):
        work["about"] = _named(source, "MedicalGuideline")
    return [work]


def _work(source: Source) -> Node:
    work = cited(source) | {"@id": f"{at(source.get_absolute_url())}#work"}
    works = {
        "creditText": source.authors,
        "datePublished": str(source.year or ""),
        "inLanguage": source.language,
        "sameAs": _elsewhere(source),
    }
    work |= {name: told for name, told in works.items() if told}
    if source.publisher:
        work["publisher"] = {"@type": "Organization", "name": source.publisher}
    if source.names_its_funder:
        work["funder"] = {"@type": "Organization", "name": source.funder}
    if source.status != Source.Status.STANDS:
        work["creativeWorkStatus"] = capfirst(source.get_status_display())
    return work


def _study(source: Source) -> Node:
    """Its registry numbers, its design and where it stands."""
    kind = study_kind(source)
    if not kind:
        return {}
    study = _named(source, kind) | {"@id": f"{at(source.get_absolute_url())}#study"}
    numbers = source.registrations.all()
    if numbers:
        study["code"] = [{"@type": "MedicalCode", "codeValue": it.number} for it in numbers]
    if source.design == Source.Design.RANDOMISED_TRIAL and kind == "MedicalTrial":
        study["trialDesign"] = word("RandomizedTrial")
    if kind == "MedicalObservationalStudy":
        study["studyDesign"] = word("CohortStudy")
    if status := STATUSES.get(Source.TrialStatus(source.trial_status or "unknown")):
        study["status"] = word(status)
    tags = source.tags.all()
    if diseases := [_condition(it.name) for it in tags if it.kind == Tag.Kind.DISEASE]:
        study["healthCondition"] = diseases
    if therapies := [_procedure(it.name) for it in tags if it.kind == Tag.Kind.THERAPY]:
        study["studySubject"] = therapies
    return study


def _elsewhere(source: Source) -> list[str]:
    """Where it can be read, as the page links to it."""
    found = [
        f"https://doi.org/{source.doi}" if source.doi else source.url,
        f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" if source.pmid else "",
        f"https://pmc.ncbi.nlm.nih.gov/articles/{source.pmcid}/" if source.pmcid else "",
    ]
    return [address for address in found if address]


def cell_page(cell: "Cell") -> list[Node]:
    address = at(cell.get_absolute_url())
    return [
        {
            "@type": "MedicalWebPage",
            "@id": address,
            "url": address,
            "name": f"{cell.therapy.name} {_('in')} {cell.disease.name}",
            "about": [_procedure(cell.therapy.name), _condition(cell.disease.name)],
        }
    ]


def _condition(name: str) -> Node:
    return {"@type": "MedicalCondition", "name": name}


def _procedure(name: str) -> Node:
    """Not MedicalTherapy, which is by its definition “designed to … cure”."""
    return {"@type": "MedicalProcedure", "name": name}
