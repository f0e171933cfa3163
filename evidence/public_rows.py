"""What readers see of this room: each change moves the stamp. See `editorial.public_rows`."""

from editorial.public_rows import NO_PAGE, OF_ITS_PAGE, PublicRows

CITING = (
    "SELECT version_id FROM evidence_citation WHERE source_id = {row}.%s UNION "
    "SELECT version_id FROM evidence_checkedclaim WHERE source_id = {row}.%s"
)
OF_ITS_THERAPY_AND_DISEASE = (
    "SELECT v.id FROM editorial_version v JOIN editorial_page p ON p.id = v.page_id "
    "WHERE p.tag_id IN ({row}.therapy_id, {row}.disease_id)"
)
ROWS = [
    PublicRows(
        "evidence_source",
        (
            *("key", "kind", "title", "short_name", "authors", "publisher", "year"),
            *("published_on", "citation", "language", "doi", "pmid", "pmcid", "url"),
            *("design", "design_note", "subjects", "people", "people_note", "funder"),
            *("commercial_interest", "finding", "caveat", "status", "superseded_by_id"),
            *("status_note", "status_changed_on", "trial_status", "trial_status_on"),
            *("verification", "where_seen", "not_seen", "checked_on", "checked_by_id"),
            "is_private",
        ),
        shown_around=CITING.replace("%s", "id"),
    ),
    PublicRows("evidence_source_tags", ("source_id", "tag_id"), shown_around=NO_PAGE),
    PublicRows(
        "evidence_registration",
        ("source_id", "number"),
        shown_around=CITING.replace("%s", "source_id"),
    ),
    PublicRows(
        "evidence_regulatorystatus",
        (
            *("therapy_id", "disease_id", "jurisdiction", "product", "status", "note"),
            *("decided_on", "source_id", "checked_on", "checked_by_id"),
        ),
        shown_around=OF_ITS_THERAPY_AND_DISEASE,
    ),
    PublicRows(
        "evidence_reviewflag",
        ("page_id", "source_id", "change", "answered_at", "answer"),
        shown_around=OF_ITS_PAGE,
    ),
]
