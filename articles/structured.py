"""Diseases and treatments in the words of schema.org.

Two words promise too much. MedicalTherapy is by its definition “designed to prevent, treat, and
cure”: it stands for usual care, and for what a guideline recommends; everything else that is done
to people is a MedicalProcedure. `possibleTreatment` reads like advice: see
`evidence.structured.treatments_of_guidelines`.
"""

from typing import TYPE_CHECKING

from articles.models import TherapyFacts
from editorial.states import Kind, Specialty
from editorial.structured import SPECIALTIES, Node, page_id, subject_id, word
from evidence.structured import guidelines, studies, treatments_of_guidelines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Code
    from editorial.models import Version
    from editorial.rendering import Document
    from evidence.models import RegulatoryStatus


def tell_subject(document: "Document") -> None:
    """A step of rendering, after `number_citations`: what a disease or therapy page is about."""
    version = document.version
    if version.page.kind == Kind.DISEASE:
        subject = _condition(version)
    elif version.page.kind == Kind.THERAPY:
        subject = _treatment(version, document.shown.get("statuses", ()))
    else:
        return
    subject = {"name": version.title, "url": page_id(version)} | subject
    cited = document.shown.get("cited", ())
    more: Node = {
        "alternateName": [it.name for it in version.also_called.all()],
        "study": studies(cited),
        "guideline": guidelines(cited),
    }
    subject |= {name: told for name, told in more.items() if told}
    if specialty := SPECIALTIES.get(Specialty(version.page.specialty)):
        subject["relevantSpecialty"] = word(specialty)
    document.tell(subject_id(version), subject)
    document.tell(
        page_id(version),
        {"@type": "MedicalWebPage", "mainEntity": {"@id": subject_id(version)}},
    )


def _condition(version: "Version") -> Node:
    condition: Node = {"@type": "MedicalCondition"}
    if codes := [_code(it) for it in version.codes.all()]:
        condition["code"] = codes
    if recommended := treatments_of_guidelines(version):
        condition["possibleTreatment"] = [
            {"@type": "MedicalTherapy", "name": name} for name in recommended
        ]
    return condition


def _code(code: "Code") -> Node:
    return {"@type": "MedicalCode", "codeValue": code.code, "codingSystem": code.system}


def _treatment(version: "Version", statuses: "Iterable[RegulatoryStatus]") -> Node:
    facts = getattr(version, "therapy_facts", None)
    is_usual = facts is not None and facts.status == TherapyFacts.Status.STANDARD_CARE
    treatment: Node = {"@type": "MedicalTherapy" if is_usual else "MedicalProcedure"}
    if facts:
        treatment["status"] = facts.get_status_display()
    if legal := [_legal_status(it) for it in statuses if _is_of_the_whole(it)]:
        treatment["legalStatus"] = legal
    return treatment


def _is_of_the_whole(status: "RegulatoryStatus") -> bool:
    """A product, or one disease, says nothing of the treatment as such: “approved” least of all."""
    return not status.product and status.disease_id is None


def _legal_status(status: "RegulatoryStatus") -> Node:
    place = {"@type": "AdministrativeArea", "name": status.get_jurisdiction_display()}
    return {
        "@type": "DrugLegalStatus",
        "name": status.get_status_display(),
        "applicableLocation": place,
    }
