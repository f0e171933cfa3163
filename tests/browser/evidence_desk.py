"""The evidence at work: findings, sources that changed, marked claims, and the lists behind them.

Names, addresses and reasons are as long as they may be.
"""

import pytest
from django.urls import reverse

from editorial import patients, warnings
from editorial.checks import Level, run_checks
from evidence.changing import mark
from evidence.models import DocumentText, RegulatoryStatus, Source, TrustedSite
from tests.browser.newsroom import BODY, ONE_WORD, WORDS, written
from tests.live_pages import live_page

FOUND = (
    f"{BODY}<p>Our {ONE_WORD} cures multiple sclerosis with a 100% success rate: book now.</p>"
    "<p>It was shown by doctors that a course of treatment that is given early and that is then "
    "repeated may be able to change the way in which the immune system of a person responds to "
    "what it meets, although nobody has counted for how long, in whom, or at what price.</p>"
)
ADVERT = (
    f"A new hope\n\nStem cells cure every disease, with no side effects. {ONE_WORD} is safe.\n\n"
    "- It takes one day.\n\nBook now."
)
RIS_FILE = f"""TY  - JOUR
AU  - {ONE_WORD}, R.
T1  - {WORDS}
PY  - 2019
DO  - 10.1000/one
ER  -
TY  - JOUR
T1  - {ONE_WORD}
JO  - {ONE_WORD}
PY  - 2020
ER  -
TY  - JOUR
T1  - Nobody has seen it
AN  - 30644983
PY  - 2021
ER  -
TY  - JOUR
ER  -
"""


def cite(source) -> str:
    return f'<p>x<cite data-source="{source.key}" data-place="{ONE_WORD[:90]}"></cite></p>'


def sources() -> list[Source]:
    """One that fell, one that took its place, and an advert that was read in."""
    studies = [
        Source.objects.create(
            key=key, kind="trial", title=title, short_name=ONE_WORD[:60], design="randomised_trial",
            verification="verified", people=212,
        )
        for key, title in (("a" * 60, WORDS), ("fell", ONE_WORD))
    ]  # fmt: skip
    advert = Source.objects.create(
        key="an-advert",
        kind="web_text",
        title=ONE_WORD,
        is_private=True,
        url=f"https://x.org/{'a' * 90}",
    )
    said = "Stem cells cure every disease, with no side effects."
    start = ADVERT.index(said)
    DocumentText.objects.create(
        source=advert, sha256="0" * 64, file_name=f"{ONE_WORD}.txt", text=ADVERT,
        assertions=[
            {"sentence": said, "start": start, "end": start + len(said), "why": "Claims an effect."}
        ],
    )  # fmt: skip
    return [*studies, advert]


@pytest.fixture
def evidence_desk(whole_gate, author, editor, medic, publisher, disease, therapy, now):
    """The addresses that are looked at, by the name of the screen, each with who looks."""
    standing, fallen, advert = sources()
    checked = {
        "quote": "no side effects",
        "source_id": advert.pk,
        "verdict": "wrong",
        "why": WORDS,
        "citations": [{"source": standing.key, "place": ONE_WORD[:90]}],
    }
    draft = written("found", title=ONE_WORD, by=author, now=now)
    draft.rewrite(
        by=author,
        now=now,
        text={"body": FOUND + cite(fallen), "summary": "A miracle."},
        parts={"checked_claims": [checked]},
    )
    first, second, *_ = [it for it in run_checks(draft) if it.level == Level.WARN]
    warnings.pass_warning(draft, first, by=author, now=now, reason=ONE_WORD + WORDS)
    patients.record_patient_reading(
        draft, reader=ONE_WORD, said=WORDS, read_on=now.date(), by=editor, now=now
    )
    for n in range(3):
        live = live_page(f"leans-{n}", title=[WORDS, ONE_WORD][n % 2], body=cite(fallen))
    flag, *_ = mark(
        fallen, "superseded", by=editor, now=now, note=WORDS + ONE_WORD, superseded_by=standing
    )
    site = TrustedSite.objects.create(host=f"{'a' * 60}.org", name=ONE_WORD[:150], why=WORDS)
    rules = [
        RegulatoryStatus.objects.create(
            therapy=therapy, disease=disease, jurisdiction=place, product=ONE_WORD[:100],
            status="not_approved", note=WORDS, source=standing, checked_on=checked_on,
        )
        for place, checked_on in (("EU", None), ("UK", now.date()), ("US", now.date()))
    ]  # fmt: skip

    def to(version, verb="change"):
        return reverse(f"admin:articles_article_{verb}", args=[version.pk])

    def of(name, *args):
        return reverse(f"admin:evidence_{name}", args=args)

    return {
        "findings": (author, to(draft)),
        "findings, read": (medic, to(draft)),
        "form of a flagged page": (medic, to(live)),
        "pass a warning": (author, f"{to(draft, 'pass_warning')}?mark={second.mark}"),
        "patient reading": (editor, to(draft, "patient_reading")),
        "what leans on this": (editor, of("source_leaning", fallen.pk)),
        "something changed": (editor, of("source_changed", fallen.pk)),
        "the page still holds": (medic, of("reviewflag_answer", flag.pk)),
        "desk with changed sources": (editor, reverse("admin:index")),
        "sources that changed": (medic, reverse("desk_section", args=["changed"])),
        "mark claims": (author, of("source_mark_claims", advert.pk)),
        "mark claims, read": (medic, of("source_mark_claims", advert.pk)),
        "source with its text": (editor, of("source_change", advert.pk)),
        "new source": (editor, of("source_add")),
        "import from RIS": (editor, of("source_import_ris")),
        "import documents": (editor, of("import")),
        "trusted sites": (editor, of("trustedsite_changelist")),
        "trusted site": (editor, of("trustedsite_change", site.pk)),
        "new trusted site": (editor, of("trustedsite_add")),
        "regulatory statuses": (editor, of("regulatorystatus_changelist")),
        "regulatory status": (editor, of("regulatorystatus_change", rules[0].pk)),
        "new regulatory status": (editor, of("regulatorystatus_add")),
    }


# --- how one comes to the screens that have no address --------------------------------------


def unfold(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((it) => it.open = true)")


def send_it_empty(page) -> None:
    """What is missing is said by the site, where the browser did not."""
    page.evaluate("document.querySelectorAll('form').forEach((it) => it.noValidate = true)")
    page.locator("#content .submit-row [type=submit]").first.click()
    page.locator(".errornote").wait_for()


def see_what_it_touches(page) -> None:
    page.get_by_label("Retracted", exact=True).check()
    page.get_by_label("Superseded by").select_option(index=0)
    page.get_by_role("button", name="Go on: see what it touches").click()
    page.get_by_role("button", name="Change what I said").wait_for()


def select_some_words(page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#words p'))")
    page.get_by_role("button", name="Check the selected words").wait_for()


def name_one_that_is_there(page) -> None:
    page.get_by_label("Key:").fill("another")
    page.get_by_label("Kind:").select_option("trial")
    page.get_by_label("Title:").fill(ONE_WORD)
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".likenesses").wait_for()


def show_what_the_file_holds(page) -> None:
    file = {"name": "found.ris", "mimeType": "text/plain", "buffer": RIS_FILE.encode()}
    page.get_by_label("RIS file").set_input_files(file)
    page.get_by_role("button", name="Show what the file holds").click()
    page.get_by_role("button", name="Bring in what is ticked").wait_for()


STEPS = {
    "findings": [unfold],
    "pass a warning": [send_it_empty],
    "patient reading": [send_it_empty],
    "something changed": [see_what_it_touches],
    "the page still holds": [send_it_empty],
    "mark claims": [select_some_words, send_it_empty],
    "new source": [name_one_that_is_there],
    "import from RIS": [show_what_the_file_holds],
    "new trusted site": [send_it_empty],
    "new regulatory status": [send_it_empty],
}
