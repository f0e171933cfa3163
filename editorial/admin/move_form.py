"""What the forms of all moves share: a verb with its question, and what it does to sign-offs."""

from datetime import datetime
from typing import TYPE_CHECKING

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from editorial.models import Version

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


def sentence_about_signers(version: Version) -> str:
    """Whose sign-offs an edit of this version ends; nothing where there are none."""
    signed = version.sign_offs.select_related("contributor").order_by("signed_at")
    names = [sign_off.contributor.name for sign_off in signed]
    if not names:
        return ""
    return ngettext("the sign-off of %(names)s", "the sign-offs of %(names)s", len(names)) % {
        "names": get_text_list(names, gettext("and"))
    }


class MoveForm(forms.Form):
    """A verb with its question. What the verb refuses, the page shows above the fields."""

    label = ""
    done = ""
    # Whether a press on the form's button is enough, without a page of its own.
    is_one_press = False
    # Whether it brings the page nearer to its readers: offered first, its button stands out.
    goes_on = False
    # Whether the page shows the text and what the checks found.
    shows_text = False
    # Its form shows the class as a button: templates would make one of what they can call.
    do_not_call_in_templates = True

    def __init__(self, *args, version: Version, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.version = version

    def explain(self) -> list[str]:
        """What will happen, in sentences."""
        return []

    def say_done(self) -> str:
        return self.done

    def make(self, *, by: "Person", now: datetime) -> Version | None:
        """Do it. Returns the version to go on with, if it is another one. Raises Refused."""
        raise NotImplementedError
