"""Numbers that name a publication or a trial: their form, and one way of writing each.

None of them can be proved by sums. DOI, PMID, PMCID, NCT and ISRCTN numbers have no check digit;
an EudraCT number ends in two of them, but the EMA does not publish their rule, and a wrong guess
would refuse right numbers. So only the form is held here, and a person opens the link.

Forms: DOI Handbook, section 2.2; the patterns of identifiers.org for pubmed, pmc, clinicaltrials,
isrctn and euclinicaltrials. EU CT numbers (Regulation 536/2014) count from 500000, which is how
they are told from EudraCT numbers.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from django.utils.translation import gettext

# ASCII digits everywhere: Python takes those of other scripts for digits too.
EITHER_CASE = re.IGNORECASE | re.ASCII
DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
# As people paste it: an address, or the letters before the number.
BEFORE_DOI = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:?\s*", re.IGNORECASE)
BEFORE_PMID = re.compile(r"(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*", re.IGNORECASE)
BEFORE_PMCID = re.compile(
    r"(?:https?://)?(?:pmc\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pmc)/articles/|pmcid:?\s*",
    re.IGNORECASE,
)

NCT = re.compile(r"NCT\s?(\d{8})", EITHER_CASE)
ISRCTN = re.compile(r"ISRCTN\s?(\d{8})", EITHER_CASE)
EUDRACT = re.compile(r"(?:EudraCT|EUCTR)?:?\s?(20\d\d-0\d{5}-\d\d)(?:-[A-Z]{2,3})?", EITHER_CASE)
EU_CT = re.compile(r"(?:EU\s?CT|CTIS|EUCT)?:?\s?(20\d\d-5\d{5}-\d\d(?:-\d\d)?)", EITHER_CASE)
# Registries whose numbers are known by their letters; how the rest is built differs too much.
OTHER = re.compile(
    r"(?:ACTRN|ChiCTR|CTRI|DRKS|IRCT|JPRN|jRCT|KCT|LBCTR|NL|NTR|PACTR|RBR|RPCEC|SLCTR|TCTR|UMIN)"
    r"[-A-Za-z0-9/]*\d[-A-Za-z0-9/]*",
    EITHER_CASE,
)
# In running text: only what cannot be anything else.
IN_TEXT = re.compile(
    r"\b(?:NCT\d{8}|ISRCTN\d{8}|(?:EudraCT|EUCTR)[:\s]{0,2}20\d\d-0\d{5}-\d\d"
    r"|EU\s?CT[:\s]{0,2}20\d\d-5\d{5}-\d\d(?:-\d\d)?"
    r"|(?:ChiCTR[-A-Z]{0,5}\d{8,}|IRCT\d{8,}N\d+|DRKS\d{8}|ACTRN\d{14}))(?!\w)",
    EITHER_CASE,
)


class BadIdentifier(ValueError):
    """It does not have the form. `str()` says so in a sentence for the person who typed it."""


def doi(text: str) -> str:
    """The DOI alone, without the address that leads to it. Letters keep their case."""
    found = _bare(BEFORE_DOI, text)
    if found.startswith("10.") and "%" in found:
        found = unquote(found)
    found = found.rstrip(".,;")
    if not DOI.fullmatch(found):
        raise BadIdentifier(
            gettext(
                "“%(text)s” is not a DOI: one begins with 10., a number and a slash, "
                "as in 10.1001/jama.2018.18743."
            )
            % {"text": text}
        )
    return found


def pmid(text: str) -> str:
    """A number of PubMed: one to eight digits, no zero before them."""
    found = _bare(BEFORE_PMID, text).rstrip("/")
    if not re.fullmatch(r"[1-9][0-9]{0,7}", found):
        raise BadIdentifier(
            gettext("“%(text)s” is not a PubMed number: that is one to eight digits.")
            % {"text": text}
        )
    return found


def pmcid(text: str) -> str:
    """A number of PubMed Central: PMC and one to eight digits."""
    found = _bare(BEFORE_PMCID, text).rstrip("/").upper()
    if not re.fullmatch(r"PMC[1-9][0-9]{0,7}", found):
        raise BadIdentifier(
            gettext(
                "“%(text)s” is not a number of PubMed Central: that is PMC and one to eight digits."
            )
            % {"text": text}
        )
    return found


def registration(text: str) -> str:
    """The number of a trial in a registry, written as that registry writes it."""
    found = " ".join(text.split())
    if match := NCT.fullmatch(found):
        return f"NCT{match[1]}"
    if match := ISRCTN.fullmatch(found):
        return f"ISRCTN{match[1]}"
    if match := EUDRACT.fullmatch(found):
        return f"EudraCT {match[1]}"
    if match := EU_CT.fullmatch(found):
        return f"EU CT {match[1]}"
    if OTHER.fullmatch(found):
        return found
    raise BadIdentifier(
        gettext(
            "“%(text)s” is not a number of a trial registry that we know. NCT and "
            "ISRCTN numbers have eight digits, EudraCT numbers look like "
            "2017-001362-25, and EU CT numbers like 2022-500014-26-00."
        )
        % {"text": text}
    )


def registrations_in(text: str) -> Iterator[str]:
    """Every registration number that running text names, each once, in its order."""
    found = (registration(match.group()) for match in IN_TEXT.finditer(text))
    yield from dict.fromkeys(found)


def registry_address(number: str) -> str:
    """Where the registry shows this trial; empty where an address cannot be told."""
    name, _, rest = number.rpartition(" ")
    if number.startswith("NCT"):
        return f"https://clinicaltrials.gov/study/{quote(number)}"
    if number.startswith("ISRCTN"):
        return f"https://www.isrctn.com/{quote(number)}"
    if name == "EudraCT":
        return f"https://www.clinicaltrialsregister.eu/ctr-search/search?query={quote(rest)}"
    if name == "EU CT":
        return f"https://euclinicaltrials.eu/search-for-clinical-trials/?EUCT={quote(rest)}"
    return ""


def _bare(before: re.Pattern[str], text: str) -> str:
    found = text.strip()
    if match := before.match(found):
        found = found[match.end() :]
    return found.strip()
