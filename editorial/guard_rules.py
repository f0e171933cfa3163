"""The rules of a version's life that no constraint can say, as triggers.

A guard is written once, in SQL that SQLite and PostgreSQL share: an event on a table, a condition
over OLD and NEW, and either the sentence with which it refuses or statements to run.
"""

# ruff: noqa: S608 - this SQL is put together from names in this repository alone.

from dataclasses import dataclass

from editorial.parts import version_parts
from editorial.states import MOVES, OPEN_STATES, Role, State

PREFIX = "guard_"


@dataclass(frozen=True)
class Guard:
    name: str
    when: str  # BEFORE or AFTER
    event: str  # INSERT, UPDATE or DELETE
    table: str
    condition: str
    refuse: str = ""
    run: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return PREFIX + self.name

    def sqlite(self) -> list[str]:
        body = self.run or (f"SELECT RAISE(ABORT, '{self.refuse}')",)
        return [
            f"CREATE TRIGGER {self.full_name} {self.when} {self.event} ON {self.table} "
            f"FOR EACH ROW WHEN {self.condition} BEGIN {'; '.join(body)}; END"
        ]

    def postgresql(self) -> list[str]:
        refusal = f"RAISE EXCEPTION '{self.refuse}' USING ERRCODE = 'check_violation'"
        body = "; ".join(self.run or (refusal,))
        result = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.full_name}() RETURNS trigger AS $$ "
            f"BEGIN IF {self.condition} THEN {body}; END IF; RETURN {result}; END "
            f"$$ LANGUAGE plpgsql",
            f"CREATE TRIGGER {self.full_name} {self.when} {self.event} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.full_name}()",
        ]


def _listed(values) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


OPEN = _listed(OPEN_STATES)
SHOWN = _listed((State.LIVE, State.SUPERSEDED, State.WITHDRAWN))
VERSION = "editorial_version"
PLACE_COLUMNS = ("page_id", "number", "lane", "corrects_id")
DATE_COLUMNS = ("reviewed_on", "review_due_on", "corrected_on", "published_at")
TEXT_COLUMNS = ("title", "summary", "body", "how_made", "evidence_searched_on", "content_hash")


def _any_changed(columns) -> str:
    # IS DISTINCT FROM: a plain <> is unknown, and so passes, when one side is NULL.
    return "(" + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns) + ")"


def _void(version_ids: str) -> tuple[str, ...]:
    return (
        f"DELETE FROM editorial_signoff WHERE version_id IN {version_ids}",
        f"DELETE FROM editorial_exemption WHERE version_id IN {version_ids}",
    )


def _signed(role: Role, version_id: str, also: str = "") -> str:
    return (
        f"EXISTS (SELECT 1 FROM editorial_signoff s WHERE s.version_id = {version_id} "
        f"AND s.role = '{role.value}'{also})"
    )


def _version_guards() -> list[Guard]:
    allowed = " OR ".join(
        f"(OLD.state = '{state}' AND NEW.state IN {_listed(ways)})"
        for state, ways in MOVES.items()
        if ways
    )
    same_hash = " AND s.content_hash = NEW.content_hash"
    exempt = (
        "EXISTS (SELECT 1 FROM editorial_exemption e WHERE e.version_id = NEW.id "
        "AND e.content_hash = NEW.content_hash)"
    )
    editorial = _signed(Role.EDITORIAL, "NEW.id", same_hash)
    medical = _signed(Role.MEDICAL, "NEW.id", same_hash)
    corrected = (
        _signed(Role.MEDICAL, "NEW.corrects_id")
        + f" AND EXISTS (SELECT 1 FROM {VERSION} c WHERE c.id = NEW.corrects_id "
        f"AND c.page_id = NEW.page_id AND c.state IN ('live', 'superseded') "
        # A fuller text that was published since would be lost.
        f"AND NOT EXISTS (SELECT 1 FROM {VERSION} n WHERE n.page_id = c.page_id "
        f"AND n.lane = 'full' AND n.number > c.number AND n.state IN {SHOWN}))"
    )
    fit_to_be_live = (
        f"({exempt} OR (NEW.lane = 'full' AND {editorial} AND {medical}) "
        f"OR (NEW.lane = 'correction' AND {editorial} AND {corrected}))"
    )
    return [
        Guard(
            "a_version_begins_as_a_draft",
            "BEFORE",
            "INSERT",
            VERSION,
            f"NEW.state <> '{State.DRAFT}'",
            "A version begins as a draft.",
        ),
        Guard(
            "a_state_moves_only_as_it_may",
            "BEFORE",
            "UPDATE",
            VERSION,
            f"OLD.state <> NEW.state AND NOT ({allowed})",
            "A version may not move between these states.",
        ),
        Guard(
            "live_text_is_signed_or_exempt",
            "BEFORE",
            "UPDATE",
            VERSION,
            f"NEW.state = '{State.LIVE}' AND OLD.state <> '{State.LIVE}' AND NOT {fit_to_be_live}",
            "A live version needs both sign-offs, or an exemption, on its present text.",
        ),
        Guard(
            "closed_text_is_frozen",
            "BEFORE",
            "UPDATE",
            VERSION,
            # Also in the very statement that closes it: the sign-offs are on the text before.
            f"(OLD.state NOT IN {OPEN} OR NEW.state NOT IN {OPEN}) "
            f"AND {_any_changed(TEXT_COLUMNS)}",
            "The text of a version that is not open cannot change.",
        ),
        Guard(
            "dates_of_public_text_are_frozen",
            "BEFORE",
            "UPDATE",
            VERSION,
            f"OLD.state NOT IN {OPEN} AND {_any_changed(DATE_COLUMNS)}",
            "The review and publication dates of a text that went live cannot change.",
        ),
        Guard(
            "a_version_keeps_its_page_number_and_lane",
            "BEFORE",
            "UPDATE",
            VERSION,
            _any_changed(PLACE_COLUMNS),
            "A version keeps its page, its number and its lane.",
        ),
        Guard(
            "versions_are_never_deleted",
            "BEFORE",
            "DELETE",
            VERSION,
            "OLD.id IS NOT NULL",
            "Versions are never deleted.",
        ),
        Guard(
            "an_edit_voids_the_sign_offs",
            "AFTER",
            "UPDATE",
            VERSION,
            f"OLD.state IN {OPEN} AND NEW.state IN {OPEN} AND {_any_changed(TEXT_COLUMNS)}",
            run=_void("(NEW.id)"),
        ),
    ]


def _part_guards() -> list[Guard]:
    """Rows that belong to a version are frozen with it, and voiding its sign-offs when edited."""
    guards = []
    tables = [table for part in version_parts() for table in part.tables()]
    for table, column in dict.fromkeys(tables):
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            ids = f"(NEW.{column}, OLD.{column})" if event == "UPDATE" else f"({row}.{column})"
            guards += [
                Guard(
                    f"{table}_is_frozen_{event.lower()}",
                    "BEFORE",
                    event,
                    table,
                    f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id IN {ids} "
                    f"AND v.state NOT IN {OPEN})",
                    "What belongs to a version that is not open cannot change.",
                ),
                Guard(
                    f"{table}_voids_{event.lower()}",
                    "AFTER",
                    event,
                    table,
                    f"{row}.{column} IS NOT NULL",
                    run=_void(ids),
                ),
            ]
    return guards


def _kinship_guards() -> list[Guard]:
    """A row that proves another row of a version belongs to the same version as that one."""
    guards = []
    for part in version_parts():
        for table, column, kin_column, kin_table, kin_version in part.kin():
            strangers = (
                f"NEW.{kin_column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {kin_table} k "
                f"WHERE k.id = NEW.{kin_column} AND k.{kin_version} = NEW.{column})"
            )
            guards += [
                Guard(
                    f"{table}_{kin_column}_is_its_own_{event.lower()}",
                    "BEFORE",
                    event,
                    table,
                    strangers,
                    "A citation belongs to the version of the claim that it proves.",
                )
                for event in ("INSERT", "UPDATE")
            ]
            guards.append(
                Guard(
                    f"{kin_table}_keeps_its_kin",
                    "BEFORE",
                    "UPDATE",
                    kin_table,
                    f"OLD.{kin_version} <> NEW.{kin_version} AND EXISTS "
                    f"(SELECT 1 FROM {table} r WHERE r.{kin_column} = OLD.id)",
                    "A claim with citations stays in its version.",
                )
            )
    return guards


def _sign_off_guards() -> list[Guard]:
    guards = [
        Guard(
            "who_signs_never_wrote",
            "BEFORE",
            "INSERT",
            "editorial_signoff",
            "EXISTS (SELECT 1 FROM editorial_writer w WHERE w.version_id = NEW.version_id "
            "AND w.user_id = NEW.signed_by_id)",
            "Who wrote in a version cannot sign it.",
        ),
        Guard(
            "who_signed_does_not_write",
            "BEFORE",
            "INSERT",
            "editorial_writer",
            "EXISTS (SELECT 1 FROM editorial_signoff s WHERE s.version_id = NEW.version_id "
            "AND s.signed_by_id = NEW.user_id)",
            "Who has signed a version cannot write in it while the sign-off stands.",
        ),
    ]
    for table in ("editorial_signoff", "editorial_exemption"):
        guards += [
            Guard(
                f"{table}_is_on_the_present_text",
                "BEFORE",
                "INSERT",
                table,
                f"NOT EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = NEW.version_id "
                f"AND v.state IN {OPEN} AND v.content_hash = NEW.content_hash)",
                "Only the present text of an open version can be signed.",
            ),
            Guard(
                f"{table}_is_never_changed",
                "BEFORE",
                "UPDATE",
                table,
                "OLD.id IS NOT NULL",
                "A sign-off is never changed: it is given, or voided by an edit.",
            ),
            Guard(
                f"{table}_of_public_text_stays",
                "BEFORE",
                "DELETE",
                table,
                f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = OLD.version_id "
                f"AND v.state IN {SHOWN})",
                "The sign-offs of a text that went live are kept.",
            ),
        ]
    guards.append(
        Guard(
            "a_signed_text_is_never_changed",
            "BEFORE",
            "UPDATE",
            "editorial_signedtext",
            # Who signed may become nobody, when an account is deleted.
            _any_changed(("version_id", "role", "content_hash", "content", "signed_at")),
            "What was signed stays as it was signed.",
        )
    )
    guards += [
        Guard(
            f"writers_are_kept_{event.lower()}",
            "BEFORE",
            event,
            "editorial_writer",
            "OLD.id IS NOT NULL",
            "Who wrote in a version stays on record.",
        )
        for event in ("UPDATE", "DELETE")
    ]
    return guards


def _event_guards() -> list[Guard]:
    last = "(SELECT max(e.number) FROM editorial_event e)"
    follows = (
        f"NEW.number = coalesce({last}, 0) + 1 AND NEW.previous_hash = "
        f"coalesce((SELECT e.hash FROM editorial_event e WHERE e.number = {last}), '')"
    )
    guards = [
        Guard(
            f"events_are_kept_{event.lower()}",
            "BEFORE",
            event,
            "editorial_event",
            "OLD.id IS NOT NULL",
            "The audit trail is append-only.",
        )
        for event in ("UPDATE", "DELETE")
    ]
    return [
        *guards,
        Guard(
            "an_event_follows_the_one_before",
            "BEFORE",
            "INSERT",
            "editorial_event",
            f"NOT ({follows})",
            "An event must follow the last one of the audit trail.",
        ),
    ]


def _page_guards() -> list[Guard]:
    wrong_tag = (
        "NEW.tag_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM editorial_tag t "
        "WHERE t.id = NEW.tag_id AND t.kind = NEW.kind)"
    )
    return [
        Guard(
            f"a_page_is_of_the_kind_of_its_tag_{event.lower()}",
            "BEFORE",
            event,
            "editorial_page",
            wrong_tag,
            "A disease page needs a disease tag, a therapy page a therapy tag.",
        )
        for event in ("INSERT", "UPDATE")
    ] + [
        Guard(
            "the_tag_of_a_page_keeps_its_kind",
            "BEFORE",
            "UPDATE",
            "editorial_tag",
            "OLD.kind <> NEW.kind AND EXISTS "
            "(SELECT 1 FROM editorial_page p WHERE p.tag_id = NEW.id)",
            "The tag of a disease or therapy page keeps its kind.",
        )
    ]


def all_guards() -> list[Guard]:
    return [
        *_version_guards(),
        *_part_guards(),
        *_kinship_guards(),
        *_sign_off_guards(),
        *_event_guards(),
        *_page_guards(),
    ]
