"""Who stands behind a text: the publisher it names, and what hints that it sells something.

Hints for an editor to look at, not findings: a research paper names companies too.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

COMPANY = (
    r"((?:[A-Z][\w&’'-]{1,40},? ){1,4}"
    r"(?:Inc\b\.?|Ltd\b\.?|Limited\b|LLC\b|L\.L\.C\.|LLP\b|GmbH\b|Corp\b\.?|Corporation\b|PLC\b|plc\b"
    r"|Pty\b|S\.A\.|B\.V\.|S\.r\.l\.))"
)
COMPANY_NAME = re.compile(COMPANY)
# Quick to look for, and in most texts not there.
LEGAL_FORM = re.compile(
    r"\b(?:Inc|Ltd|Limited|LLC|L\.L\.C|LLP|GmbH|Corp|PLC|plc|Pty|S\.A|B\.V|S\.r\.l|Corporation)\b"
)
# A capital at the start of a sentence is no part of the name that follows.
NOT_A_NAME = re.compile(r"(?:(?:At|The|By|With|Our|We|In|And|From|For|Contact|Call|Visit)\s)+")

WRITTEN_BY = re.compile(
    r"\b(?:[Ww]ritten|[Pp]ublished|[Pp]osted|[Pp]roduced|[Pp]rovided|[Bb]rought to you)"
    r"\b[^.\n]{0,60}?\b(?:by|at|from) " + COMPANY
)
COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|\b[Cc]opyright)[ ©\d,–-]{0,24}(?:by )?([A-Z][^\n.|,;]{2,60})"
)
PUBLISHER = re.compile(r"\b(?:Publisher|Published by):? ([A-Z][^\n.|,;]{2,60})")
RIGHTS = re.compile(r"\s*(?:[–|-]\s*)?All [Rr]ights [Rr]eserved.{0,60}")

OFFERS = re.compile(
    r"\bwe (?:(?:also|can|now|will|proudly|only) )?(?:provide|offer|treat|deliver|specialize"
    r"|specialise|administer|sell|ship)\b(?: \w{1,20}){0,2}",
    re.IGNORECASE,
)
OURS = re.compile(
    r"\b(?:our|my) (?:stem[ -]cell |regenerative |medical |treatment )?(?:clinics?|treatments?"
    r"|therap(?:y|ies)|products?|packages?|services|physicians?|practice)\b",
    re.IGNORECASE,
)
CALLS = re.compile(
    r"\b(?:book|schedule|request|arrange)(?: (?:a|an|your))?(?: free)? (?:consultation|appointment"
    r"|call|quote|evaluation)\b|\bfree (?:consultation|evaluation|quote)\b|\bcall us\b"
    r"|\bcontact us (?:today|now|for|to)\b|\b(?:sign up|enroll?|apply|order|buy) (?:now|today)\b",
    re.IGNORECASE,
)
CURRENCY = r"(?:US\$|[$€£]|USD ?|EUR ?|GBP ?)\d[\d,.]{0,12}\b"
PRICE = re.compile(
    r"\b(?:costs?|prices?|fees?|priced|packages?|charged?|pay|from|only|starting at|discount)\b"
    r"[^.\n]{0,40}?(" + CURRENCY + ")",
    re.IGNORECASE,
)

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”|]{1,500}")
SELLING_HOST = re.compile(
    r"stem-?cell|regen|clinic(?!al)|therap|heal(?!th)|cure|wellness|anti-?ag|shop|store|medtour"
)
NO_SELLER = re.compile(
    r"(?:\.gov|\.edu|\.int|\.mil|\.ac\.\w\w|\.gov\.\w\w|\.nhs\.uk|\.europa\.eu|wiley\.com|nature\.com"
    r"|springer\.com|biomedcentral\.com|sciencedirect\.com|mayoclinic\.org|clevelandclinic\.org"
    r"|isscr\.org|aboutstemcells\.org|closerlookatstemcells\.org)\Z"
)

MOST_HINTS = 3


def addresses_in(text: str) -> list[str]:
    return [address.rstrip(".,;:!?)]’'") for address in ADDRESS.findall(text)]


def publisher(text: str) -> str:
    """Whom the text names as its publisher, or ""."""
    if LEGAL_FORM.search(text) and (match := WRITTEN_BY.search(text)):
        return _name(match.group(1))
    if match := PUBLISHER.search(text) or COPYRIGHT.search(text):
        return RIGHTS.sub("", match.group(1)).strip()
    return ""


def commercial_interest(text: str, links: Iterable[str]) -> str:
    """One sentence on what hints that the text sells something, or ""."""
    hints = [hint for hint in (*_hints_in(text), *_selling_links(links)) if hint][:MOST_HINTS]
    if not hints:
        return ""
    listed = hints[0] if len(hints) == 1 else ", ".join(hints[:-1]) + " and " + hints[-1]
    return f"The text {listed}."


def _hints_in(text: str) -> Iterable[str]:
    if LEGAL_FORM.search(text) and (match := COMPANY_NAME.search(text)):
        yield f"names a company (“{_name(match.group(1))}”)"
    if match := OFFERS.search(text):
        yield f"makes an offer (“{match.group()}”)"
    if match := OURS.search(text):
        yield f"speaks for a seller (“{match.group()}”)"
    if match := CALLS.search(text):
        yield f"asks the reader to get in touch (“{match.group()}”)"
    if match := PRICE.search(text):
        yield f"names a price (“{match.group(1)}”)"


def _selling_links(links: Iterable[str]) -> Iterable[str]:
    hosts = dict.fromkeys(filter(None, map(_host, links)))
    sellers = [host for host in hosts if SELLING_HOST.search(host) and not NO_SELLER.search(host)]
    if sellers:
        yield f"sends its readers to a site that may sell treatment ({sellers[0]})"


def _host(address: str) -> str:
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        return (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:  # a malformed address, which leads nowhere
        return ""


def _name(company: str) -> str:
    return NOT_A_NAME.sub("", company, count=1).strip()
