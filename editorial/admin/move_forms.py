"""What is asked before a move: one form for each verb, which says what will happen and does it."""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial import actions
from editorial.addresses import live_page_at
from editorial.admin.move_form import MoveForm, long_text, sentence_about_signers
from editorial.gate import judge, what_stops
from editorial.models import Page, Version
from editorial.names import name_of
from editorial.rights import able_to_take_next_step
from editorial.states import Priority, Role

# --- one press ----------------------------------------------------------------------------


class Submit(MoveForm):
    label = _("Submit for review")
    goes_on = True
    done = _("Submitted: it is with the editors now.")
    is_one_press = True

    def make(self, *, by, now):
        self.version.submit(by=by, now=now)

    def say_done(self) -> str:
        stops = what_stops(judge(self.version))
        return f"{self.done} Before it can go live: {stops}" if stops else self.done


class Take(MoveForm):
    label = _("Take for review")
    done = _("It is yours to review now, and on your desk.")
    is_one_press = True

    def make(self, *, by, now):
        self.version.take(by=by, now=now)


class Start(MoveForm):
    label = _("Start a new version")
    goes_on = True
    done = _("A new version is open. The live page stays as it is until this one is published.")
    is_one_press = True

    def make(self, *, by, now):
        return actions.start_version(self.version.page, by=by, now=now)


class Correct(MoveForm):
    label = _("Quick correction")
    done = _("A quick correction is open: at most 20 words of the title and body.")
    is_one_press = True

    def make(self, *, by, now):
        return actions.start_correction(self.version.page, by=by, now=now)


# --- reviewing ----------------------------------------------------------------------------


class Assign(MoveForm):
    label = _("Assign")
    done = _("Assigned.")

    person: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        label=_("Person"),
        required=False,
        empty_label=_("Nobody: it waits for whoever takes it"),
        help_text=_("Everybody who can do the next step of this version."),
    )
    due_on = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority, coerce=int)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        version, person = self.version, self.fields["person"]
        person.queryset = able_to_take_next_step(version)
        person.label_from_instance = name_of
        self.initial = {
            "person": version.assigned_to_id,
            "due_on": version.due_on and version.due_on.isoformat(),
            "priority": version.priority,
            **self.initial,
        }

    def explain(self):
        return [gettext("Whoever you choose is told, and finds it on their desk.")]

    def make(self, *, by, now):
        given = self.cleaned_data
        self.version.assign(
            to=given["person"],
            due_on=given["due_on"],
            priority=given["priority"],
            by=by,
            now=now,
        )


class SendBack(MoveForm):
    label = _("Send back")
    done = _("Sent back, with your comment.")

    comment = forms.CharField(label=_("What should be changed"), widget=long_text())

    def explain(self):
        ended = sentence_about_signers(self.version)
        return [
            gettext("It becomes a draft again and goes to its author with your comment."),
            *([gettext("This ends %(ended)s.") % {"ended": ended}] if ended else []),
        ]

    def make(self, *, by, now):
        self.version.send_back(by=by, now=now, comment=self.cleaned_data["comment"])


class Sign(MoveForm):
    """Bound to the text that was shown: whoever signs has read exactly this."""

    role: Role
    shows_text = goes_on = True

    content_hash = forms.CharField(widget=forms.HiddenInput)
    comment = forms.CharField(label=_("Comment (optional)"), required=False, widget=long_text(2))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["content_hash"] = self.version.content_hash

    def explain(self):
        return [
            gettext("You sign exactly the text shown here, under your name, for readers to see."),
            gettext("Any later edit of this version ends your sign-off."),
        ]

    def make(self, *, by, now):
        self.version.content_hash = self.cleaned_data["content_hash"]
        self.version.sign_off(by=by, role=self.role, now=now, comment=self.cleaned_data["comment"])


class SignEditorial(Sign):
    label = _("Sign off editorially")
    role = Role.EDITORIAL

    def say_done(self) -> str:
        if self.version.is_correction:
            return gettext("Signed. The correction can be published now.")
        return gettext("Signed. It is with the medical reviewers now.")


class SignMedical(Sign):
    label = _("Sign off medically")
    done = _("Signed. A publisher can publish it now.")
    role = Role.MEDICAL


# --- time and the public ------------------------------------------------------------------


class Publish(MoveForm):
    label = _("Publish now")
    goes_on = True
    done = _("It is live.")
    shows_text = True

    def explain(self):
        address = self.version.get_absolute_url()
        return [
            gettext(
                "It goes live at once at %(address)s, in the place of what readers see there now."
            )
            % {"address": address}
        ]

    def make(self, *, by, now):
        self.version.publish(by=by, now=now)


class Schedule(MoveForm):
    label = _("Schedule")
    done = _("Scheduled: it goes live by itself.")
    shows_text = True

    publish_at = forms.DateTimeField(
        label=_("Goes live at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["publish_at"].help_text = gettext("Date and time, %(zone)s.") % {"zone": zone}

    def explain(self):
        return [
            gettext("It goes live by itself, if the checks still pass then."),
            gettext("Until then it can be taken back; any edit makes it a draft again."),
        ]

    def make(self, *, by, now):
        self.version.schedule(by=by, now=now, publish_at=self.cleaned_data["publish_at"])


class Unschedule(MoveForm):
    label = _("Take off the schedule")
    done = _("It is no longer scheduled. It stays approved, with its sign-offs.")

    def explain(self):
        at = timezone.localtime(self.version.publish_at) if self.version.publish_at else None
        stays = gettext("It stays approved, with its sign-offs.")
        if at is None:
            return [gettext("It will not go live."), stays]
        when = f"{date_format(at, 'DATETIME_FORMAT')} {at:%Z}"
        return [gettext("It will not go live on %(when)s.") % {"when": when}, stays]

    def make(self, *, by, now):
        self.version.unschedule(by=by, now=now)


def what_becomes_of(version: Version) -> str:
    """An open text of a page that is withdrawn."""
    told = {"number": version.number, "state": version.get_state_display()}
    if version.is_correction:
        words = gettext(
            "Its correction, version %(number)s (%(state)s), stays open but can no longer go "
            "live: discard it."
        )
    else:
        words = gettext(
            "Its version %(number)s (%(state)s) stays open: published, it makes the page public "
            "again."
        )
    return words % told


class Withdraw(MoveForm):
    label = _("Withdraw")
    done = _("Withdrawn. Readers no longer find this page.")

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        widget=long_text(),
        help_text=_("In plain words: readers who follow old links see it."),
    )
    leads_to = forms.CharField(
        label=_("Send readers to another page instead (optional)"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "inputmode": "url"}),
        help_text=_("The address of a live page of this site, such as /articles/its-address/."),
    )

    def explain(self):
        return [
            gettext("The page leaves the site, its lists and its search at once."),
            gettext(
                "Old links to it answer “gone” with your reason, or lead to the page that you "
                "name. Text, reviews and reason stay on record."
            ),
            *(what_becomes_of(it) for it in self.version.page.versions.open().order_by("number")),
        ]

    def clean_leads_to(self) -> Page | None:
        address = self.cleaned_data["leads_to"]
        if not address.strip():
            return None
        page = live_page_at(address)
        if page is None:
            raise forms.ValidationError(
                gettext("There is no live page of this site at that address.")
            )
        return page

    def make(self, *, by, now):
        self.version.withdraw(
            by=by,
            now=now,
            reason=self.cleaned_data["reason"],
            leads_to=self.cleaned_data["leads_to"],
        )


# --- another text, and none ---------------------------------------------------------------


class Texts(forms.ModelChoiceField):
    def label_from_instance(self, version: Version) -> str:
        at = version.closed_at or version.published_at or version.edited_at
        told = {
            "number": version.number,
            "state": version.get_state_display(),
            "day": date_format(timezone.localtime(at)),
            "title": version,
        }
        if version.is_correction:
            return (
                gettext("Version %(number)s, quick correction, %(state)s, %(day)s: %(title)s")
                % told
            )
        return gettext("Version %(number)s, %(state)s, %(day)s: %(title)s") % told


class Revert(MoveForm):
    label = _("Revert to another text")

    to = Texts(None, label=_("The text to revert to"), widget=forms.RadioSelect, empty_label=None)
    lock_number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = self.version.page.versions.exclude(pk=self.version.pk)
        self.fields["to"].queryset = others.order_by("-number").defer("body")
        self.initial["lock_number"] = self.version.lock_number

    def say_done(self) -> str:
        return gettext("This version has the text of version %(number)s now.") % {
            "number": self.cleaned_data["to"].number
        }

    def explain(self):
        ended = sentence_about_signers(self.version)
        return [
            gettext(
                "The text you choose takes the place of everything that this open version says: "
                "title, summary, body, key messages, tags, claims and citations."
            ),
            gettext("What it says now is not kept. The live page stays as it is."),
            *([gettext("This ends %(ended)s.") % {"ended": ended}] if ended else []),
        ]

    def make(self, *, by, now):
        given = self.cleaned_data
        actions.revert(
            self.version, to=given["to"], by=by, now=now, lock_number=given["lock_number"]
        )


class Discard(MoveForm):
    label = _("Discard")
    done = _("Discarded. It stays on record, with your reason.")

    reason = forms.CharField(label=_("Why it is discarded"), widget=long_text(3))

    def explain(self):
        ended = sentence_about_signers(self.version)
        closed = gettext("This version is closed for good.")
        if ended:
            closed = gettext("This version is closed for good with %(ended)s.") % {"ended": ended}
        return [
            closed,
            gettext(
                "It stays on record, and nobody can write in it any more. The live page stays as "
                "it is."
            ),
        ]

    def make(self, *, by, now):
        self.version.discard(by=by, now=now, reason=self.cleaned_data["reason"])


# Which of them a person is shown, and when, `editorial.offers` says.
MOVES: dict[str, type[MoveForm]] = {
    "start": Start,
    "correct": Correct,
    "submit": Submit,
    "take": Take,
    "assign": Assign,
    "send_back": SendBack,
    "sign_editorial": SignEditorial,
    "sign_medical": SignMedical,
    "schedule": Schedule,
    "unschedule": Unschedule,
    "publish": Publish,
    "withdraw": Withdraw,
    "revert": Revert,
    "discard": Discard,
}
