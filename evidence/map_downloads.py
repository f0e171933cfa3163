"""The evidence map to take away: a picture, a table for a spreadsheet, and JSON."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.same_for_everyone import same_for_everyone
from evidence import map_words
from evidence.map import Cell, EvidenceMap, read_map
from evidence.map_pictures import picture_of
from evidence.map_views import KEPT_FOR, asked_of
from evidence.summing_up import Side, Study

COLUMNS = (
    *("therapy", "disease", "effect", "effect_certainty", "harm", "harm_certainty"),
    *("best_study", "design", "people", "year", "findings", "findings_of_harm_or_no_difference"),
    *("evidence_searched_to", "under_review", "in_words", "address"),
)
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LICENCE = _("This site has chosen no licence for this table yet: ask before you republish it.")


@same_for_everyone(*KEPT_FOR)
def map_svg(request: HttpRequest) -> HttpResponse:
    filters = asked_of(request)
    shown = {
        "picture": picture_of(read_map(asked=filters.asked)),
        "chips": filters.chips,
        "made_on": timezone.localdate(),
    }
    return render(request, "evidence/map.svg", shown, content_type="image/svg+xml")


@same_for_everyone(*KEPT_FOR)
def map_csv(request: HttpRequest) -> HttpResponse:
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    for cell in _cells(read_map(asked=asked_of(request).asked)):
        writer.writerow([harmless(value) for value in _row(cell)])
    response = HttpResponse(lines.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="evidence-map.csv"'
    return response


@same_for_everyone(*KEPT_FOR)
def map_json(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request).asked
    told = {
        "title": gettext("Evidence map"),
        "address": f"{settings.SITE_URL}/evidence/",
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "licence": LICENCE,
        "filters": {
            "outcome": asked.outcomes,
            "certainty": asked.certainties,
            "study": asked.designs,
        },
        "cells": [_plain(cell) for cell in _cells(read_map(asked=asked))],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def harmless(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value


def _cells(found: EvidenceMap) -> Iterator[Cell]:
    for line in found.rows:
        yield from line.cells


def _row(cell: Cell) -> list[Any]:
    """The values of a cell in the order of the columns. One that is empty holds words alone."""
    effect = harm = best = None
    if cell.is_shown:
        effect, harm, best = cell.effect, cell.harm, cell.best
    return [
        cell.therapy.name,
        cell.disease.name,
        *_side(effect),
        *_side(harm),
        *_study(best),
        cell.claims if cell.is_shown else 0,
        cell.negative if cell.is_shown else 0,
        cell.searched_on.isoformat() if cell.searched_on else "",
        "yes" if cell.is_flagged else "no",
        map_words.as_text(cell),
        settings.SITE_URL + cell.get_absolute_url(),
    ]


def _side(side: Side | None) -> tuple[str, str]:
    return (side.direction, side.certainty) if side else ("", "")


def _study(study: Study | None) -> tuple[Any, ...]:
    if study is None:
        return "", "", "", ""
    return study.name, study.design, study.people or "", study.year or ""


def _plain(cell: Cell) -> dict[str, Any]:
    values = {name: None if it == "" else it for name, it in zip(COLUMNS, _row(cell), strict=True)}
    return values | {"under_review": cell.is_flagged, "is_empty": not cell.is_shown}
