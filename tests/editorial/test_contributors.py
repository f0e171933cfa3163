"""The public face of authors and reviewers, and what keeps a page's dates."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from editorial.models import Contributor, Page

TODAY = date(2026, 3, 2)


def test_a_statement_needs_its_date(db):
    with pytest.raises(IntegrityError):
        Contributor.objects.create(slug="x", name="X", role="author", conflicts="None declared.")


@pytest.mark.parametrize(
    ("conflicts", "declared_on", "covers"),
    [
        ("None declared.", TODAY, True),
        ("None declared.", TODAY - timedelta(days=365), True),
        ("None declared.", TODAY - timedelta(days=366), False),
        ("None declared.", TODAY + timedelta(days=1), False),
        ("None declared.", None, False),
        ("", TODAY, False),
    ],
)
def test_which_days_a_statement_covers(conflicts, declared_on, covers):
    contributor = Contributor(conflicts=conflicts, conflicts_declared_on=declared_on)
    assert contributor.has_declared_conflicts(TODAY) is covers


def test_who_signed_stays_on_the_site(at_the_medic, editor):
    with pytest.raises(ProtectedError):
        editor.contributor.delete()


def test_whose_account_wrote_or_signed_is_not_deleted(at_the_medic, author, editor):
    for person in (author, editor):
        with pytest.raises(ProtectedError):
            person.delete()


@pytest.mark.parametrize(
    ("months", "reviewed_on", "due_on"),
    [
        (36, date(2026, 3, 2), date(2029, 3, 2)),
        (12, date(2028, 2, 29), date(2029, 2, 28)),
        (1, date(2026, 12, 31), date(2027, 1, 31)),
        (11, date(2026, 3, 31), date(2027, 2, 28)),
    ],
)
def test_when_a_page_is_due_again(months, reviewed_on, due_on):
    assert Page(review_months=months).review_due_after(reviewed_on) == due_on


@pytest.mark.parametrize("months", [0, 37])
def test_a_page_is_reviewed_within_three_years(db, now, months):
    with pytest.raises(IntegrityError):
        Page.objects.create(kind="article", slug="x", created_at=now, review_months=months)
