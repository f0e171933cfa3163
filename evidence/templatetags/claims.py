"""What the templates of claims ask for."""

from django import template

from evidence import certainty, pictures
from evidence.models import Claim
from evidence.numbers import Frequency

register = template.Library()


@register.simple_tag
def picture(frequency: Frequency, with_marks: bool = False) -> str:
    return pictures.picture(frequency, with_marks=with_marks)


@register.filter
def certainty_meaning(claim: Claim) -> str:
    return certainty.meaning(claim.certainty)


@register.filter
def certainty_rater(claim: Claim) -> str:
    return certainty.rater(claim)
