"""The evidence map in words: what each cell says to readers, to machines and in the picture."""

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.map import Cell
from evidence.models.claim import Certainty, Direction
from evidence.summing_up import Side, Study

UNDER_REVIEW = gettext_lazy("A source behind this has changed: under review.")


def sentences(cell: Cell) -> list[str]:
    """All that a cell says, in order."""
    if not cell.is_shown:
        return [empty_words(cell), *_changed(cell)]
    found = [f"{effect_words(cell)}.", f"{harm_words(cell)}.", best_words(cell.best)]
    found.append(count_words(cell))
    return [*found, *_changed(cell)]


def as_text(cell: Cell) -> str:
    return " ".join(sentences(cell))


def _changed(cell: Cell) -> list[str]:
    return [str(UNDER_REVIEW)] if cell.is_flagged else []


def direction_word(side: Side) -> str:
    word = capfirst(str(Direction(side.direction).label))
    if side.is_of_tests_only and side.direction == Direction.BENEFIT:
        return _("%(word)s in test results only") % {"word": word}
    return word


def certainty_words(side: Side) -> str:
    if side.certainty == Certainty.NOT_RATED:
        return _("certainty not rated")
    return _("%(certainty)s certainty") % {"certainty": Certainty(side.certainty).label}


def _with_certainty(side: Side) -> str:
    return f"{direction_word(side)}, {certainty_words(side)}"


def effect_words(cell: Cell) -> str:
    if cell.effect is None:
        if cell.asked.outcomes:
            return _("Nothing recorded on the outcome you chose")
        return _("No effect recorded")
    return _with_certainty(cell.effect)


def harm_words(cell: Cell) -> str:
    if cell.harm is None:
        return _("No figure for harm recorded, which does not mean that there is none")
    return _with_certainty(cell.harm)


def best_words(study: Study | None) -> str:
    if study is None:
        return _("No study stands behind this: it rests on an overview or an official notice.")
    people = ""
    if study.people:
        people = ngettext(", %(people)s person", ", %(people)s people", study.people) % {
            "people": f"{study.people:,}"
        }
    return _("Best study: %(design)s%(people)s%(year)s.") % {
        "design": study.design_name,
        "people": people,
        "year": f" ({study.year})" if study.year else "",
    }


def count_words(cell: Cell) -> str:
    """How many findings, and how many of them speak against it: for weighing, not for winning."""
    found = ngettext("%(count)d finding", "%(count)d findings", cell.claims) % {
        "count": cell.claims
    }
    if not cell.negative:
        return _("%(found)s, none of them of harm or of no difference.") % {"found": found}
    return _("%(found)s, of which %(negative)d of harm or of no difference.") % {
        "found": found,
        "negative": cell.negative,
    }


def empty_words(cell: Cell) -> str:
    """Why a cell shows nothing. Nobody may say "searched" where no page says how far."""
    if cell.is_left_out:
        return _("Nothing under these filters.")
    if cell.has_fallen:
        return _("What this rested on no longer stands.")
    if cell.is_unproven:
        return _("No study in people stands behind what is said here.")
    if cell.is_studied:
        return _("There are studies in people. They are not summed up here yet.")
    if cell.therapy.is_comparator:
        return _("Not searched: this site looks at stem-cell treatments.")
    if cell.disease.is_broader:
        return _("Nothing across several diseases: see each of them.")
    lab = _(" Tested in animals or the laboratory only.") if cell.is_only_in_the_lab else ""
    if cell.searched_on is None:
        return _("Not searched yet.") + lab
    day = date_format(cell.searched_on)
    return _("No human studies found, searched on %(day)s.") % {"day": day} + lab
