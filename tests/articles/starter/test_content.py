"""What the starter content promises: live, exempted, cited, quoted sparingly."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.starter_files import STARTER, read_tables, starter_pages
from editorial.models import Event, Page, Version
from editorial.parts import content_hash
from editorial.states import HowMade, Kind, State
from evidence.models import CheckedClaim, Citation, Claim, DocumentText, Source
from evidence.parts import citation_nodes

pytestmark = pytest.mark.django_db

DOCUMENTS = Path(__file__).resolve().parents[4] / "shared" / "documents"
NEEDED = {
    Kind.DISEASE: {
        "multiple-sclerosis",
        "rheumatoid-arthritis",
        "lupus",
        "crohns-disease",
        "type-1-diabetes",
        "systemic-sclerosis",
        "autoimmune-disease",
        "amyotrophic-lateral-sclerosis",
    },
    Kind.THERAPY: {
        "haematopoietic-stem-cell-transplantation",
        "autologous-hsct",
        "allogeneic-hsct",
        "mesenchymal-stromal-cells",
        "stem-cell-derived-islets",
        "usual-care",
    },
    Kind.TERM: {"haematopoietic-stem-cell", "graft-versus-host-disease", "regulatory-t-cell"},
}
RUN = 8
LONGEST_QUOTE = 12
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def texts_of(told) -> list[str]:
    """Every text in the values of a file, but for the words that are quoted as quotes."""
    if isinstance(told, str):
        return [told]
    if isinstance(told, list):
        return [text for value in told for text in texts_of(value)]
    if isinstance(told, dict):
        return [text for name, value in told.items() if name != "quote" for text in texts_of(value)]
    return []


def test_it_adds_the_pages_that_a_patient_needs(starter):
    slugs = {kind: set() for kind in Kind}
    for kind, slug in Page.objects.live().values_list("kind", "slug"):
        slugs[kind].add(slug)

    for kind, needed in NEEDED.items():
        assert needed <= slugs[kind]
    assert len(slugs[Kind.ARTICLE]) == 8
    assert len(slugs[Kind.TERM]) >= 80
    assert starter["pages"] == sum(map(len, slugs.values()))


def test_a_second_run_adds_nothing(load):
    before = Event.objects.count()

    assert sum(load().values()) == 0
    assert Event.objects.count() == before


def test_every_page_is_live_by_an_exemption_bound_to_its_text(starter):
    versions = Version.objects.select_related("page", "exemption")

    assert versions.count() == Page.objects.count()
    for version in versions:
        assert version.state == State.LIVE
        assert version.exemption.content_hash == version.content_hash == content_hash(version)
        assert (version.reviewed_on, version.review_due_on) == (None, None)
        assert version.how_made == HowMade.AI_ASSISTED
    assert not versions.filter(sign_offs__isnull=False).exists()


def test_the_audit_trail_holds_after_it(starter, capsys):
    call_command("verify_audit")

    assert "all fit" in capsys.readouterr().out


def test_a_term_is_one_sentence_of_at_most_25_words(starter):
    terms = Version.objects.live().of_kind(Kind.TERM)

    long = [term.title for term in terms if len(term.summary.split()) > 25]
    several = [t.title for t in terms if re.search(r"[.!?] \S", t.summary.rstrip())]
    assert long == []
    assert several == []
    assert all(term.summary.endswith(".") for term in terms)


def test_american_spellings_are_also_called_names(starter):
    names = Version.objects.live().values_list("also_called__name", flat=True)

    assert any("hematopoietic" in (name or "").lower() for name in names)


def test_five_articles_check_a_document_each_in_a_few_exact_words(starter):
    articles = Version.objects.live().filter(article_facts__document__isnull=False)

    documents = {article.article_facts.document.key for article in articles}
    assert documents == {f"document-00{number}" for number in range(5)}
    for article in articles:
        claims = article.checked_claims.all()
        assert claims
        assert {claim.source_id for claim in claims} == {article.article_facts.document_id}
    too_long = [
        claim.quote
        for claim in CheckedClaim.objects.all()
        if len(claim.quote.split()) > LONGEST_QUOTE
    ]
    assert too_long == []


def test_every_claim_and_checked_claim_is_cited(starter):
    assert not Claim.objects.filter(citations__isnull=True).exists()
    assert not CheckedClaim.objects.filter(citations__isnull=True).exists()
    assert not CheckedClaim.objects.filter(why="").exists()


def test_every_body_cites_sources_that_are_known(starter):
    known = set(Source.objects.values_list("key", flat=True))
    for version in Version.objects.live().select_related("page"):
        cited = {node["source"] for node in citation_nodes(version.body)}
        assert cited <= known, version
        assert cited or version.page.kind == Kind.TERM, version


def test_the_sources_of_a_term_stand_on_its_page(starter):
    told = {
        row["slug"]: {cited["source"] for cited in row.get("citations", [])}
        for row in read_tables(STARTER / "terms", "term")
    }

    assert sum(map(bool, told.values())) >= 80
    for term in Version.objects.live().of_kind(Kind.TERM).select_related("page", "rendering"):
        assert set(term.rendering.references) == told[term.page.slug], term


def test_no_finding_rests_on_a_source_that_nobody_has_seen(starter):
    unseen = Citation.objects.filter(source__verification=Source.Verification.UNVERIFIED)
    told = Source.objects.filter(verification=Source.Verification.UNVERIFIED).exclude(finding="")

    assert [str(citation) for citation in unseen] == []
    assert list(told) == []


def test_no_identifier_that_was_not_seen_is_told(starter):
    fields = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "citation": "citation", "url": "url"}
    for source in Source.objects.exclude(not_seen=""):
        hidden = {name.strip().lower() for name in source.not_seen.split(",")}
        for name in hidden & set(fields):
            assert getattr(source, fields[name]) == "", (source.key, name)
        if hidden & {"registration", "registrations"}:
            assert not source.registrations.exists(), source.key


def test_nothing_rests_on_a_source_that_fell(starter):
    assert not Citation.objects.exclude(source__status__in=("stands", "corrected")).exists()


def test_the_five_documents_wait_for_their_text_and_are_private(starter):
    documents = DocumentText.objects.select_related("source")

    assert documents.count() == 5
    assert all(document.source.is_private and not document.text for document in documents)


def test_numbers_are_never_larger_than_their_people(starter):
    for claim in Claim.objects.exclude(events_treated=None):
        assert claim.people_treated >= claim.events_treated, claim


needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the first documents are not here"
)


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    return {
        f"document-{path.name[:3]}": path.read_text("utf-8") for path in DOCUMENTS.glob("*.txt")
    }


@needs_documents
def test_every_quote_stands_in_its_document_word_for_word(starter, documents):
    squeezed = {key: " ".join(text.split()) for key, text in documents.items()}

    missing = [
        claim.quote
        for claim in CheckedClaim.objects.select_related("source")
        if claim.quote not in squeezed[claim.source.key]
    ]

    assert missing == []


@needs_documents
def test_no_sentence_of_a_document_is_republished(documents):
    theirs = set().union(*map(runs, documents.values()))
    # What a document is called is no more than its name.
    theirs -= set().union(
        *(
            runs(row["title"])
            for row in read_tables(STARTER / "sources" / "documents.toml", "source")
        )
    )

    found = [
        (page.slug, " ".join(run))
        for page in starter_pages()
        for text in (re.sub(r"<[^>]+>", " ", page.body), *texts_of(page.told))
        for run in sorted(runs(text) & theirs)
    ]

    assert found == []
