from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial import ledger
from editorial.models import Tag
from editorial.refusals import NotAllowed, NotReady
from evidence import identifiers
from evidence.identifiers import BadIdentifier

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


class SourceQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Without the private texts that were read in: they are never shown or listed."""
        return self.filter(is_private=False)


class Source(models.Model):
    """A study, guideline, registry record, regulator's page or web text."""

    class Kind(models.TextChoices):
        TRIAL = "trial", _("trial")
        COHORT = "cohort", _("cohort or registry")
        CASE_REPORT = "case_report", _("case report")
        REVIEW = "review", _("review")
        GUIDELINE = "guideline", _("guideline or position statement")
        REGISTRATION = "registration", _("trial still running")
        REGULATORY = "regulatory", _("regulator’s decision or warning")
        POLICY = "policy", _("research on marketing and policy")
        SAFETY = "safety", _("safety report")
        INSTRUMENT = "instrument", _("quality standard")
        WEB_TEXT = "web_text", _("web text")

    class Design(models.TextChoices):
        META_ANALYSIS = "meta_analysis", _("meta-analysis")
        SYSTEMATIC_REVIEW = "systematic_review", _("systematic review")
        RANDOMISED_TRIAL = "randomised_trial", _("randomised trial")
        COMPARATIVE_COHORT = "comparative_cohort", _("cohort with a comparison group")
        COHORT = "cohort", _("cohort without a comparison group")
        SINGLE_ARM = "single_arm", _("study without a comparison group")
        CASE_REPORT = "case_report", _("report of single cases")
        GUIDELINE = "guideline", _("guideline")
        REGISTRY_RECORD = "registry_record", _("entry in a trial registry")
        REGULATORY = "regulatory", _("regulator’s decision or warning")
        NARRATIVE = "narrative", _("narrative review or opinion")
        SURVEY = "survey", _("survey or content analysis")
        INSTRUMENT = "instrument", _("quality instrument")
        WEB_TEXT = "web_text", _("web text")
        UNKNOWN = "unknown", _("not known yet")

    class Subjects(models.TextChoices):
        HUMAN = "human", _("people")
        ANIMAL = "animal", _("animals only")
        LAB = "lab", _("laboratory only")
        NOT_APPLICABLE = "not_applicable", _("not a study of patients")

    class Status(models.TextChoices):
        STANDS = "stands", _("stands")
        CORRECTED = "corrected", _("corrected")
        RETRACTED = "retracted", _("retracted")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SUPERSEDED = "superseded", _("superseded")

    class TrialStatus(models.TextChoices):
        NOT_YET_RECRUITING = "not_yet_recruiting", _("not yet recruiting")
        RECRUITING = "recruiting", _("recruiting")
        ACTIVE = "active", _("running, no longer recruiting")
        COMPLETED = "completed", _("completed")
        STOPPED = "stopped", _("stopped early")
        UNKNOWN = "unknown", _("unknown")

    class Verification(models.TextChoices):
        VERIFIED = "verified", _("identity and finding seen")
        PARTLY = "partly", _("some fields seen")
        UNVERIFIED = "unverified", _("not seen yet")

    key = models.SlugField(
        max_length=100, unique=True, help_text=_("Short and lasting: burt-2019-mist")
    )
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=400)
    short_name = models.CharField(max_length=120, blank=True)
    authors = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(
        max_length=200, blank=True, help_text=_("Journal, agency or site.")
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    citation = models.CharField(max_length=120, blank=True, help_text=_("Volume, issue and pages."))
    language = models.CharField(max_length=10, default="en")

    doi = models.CharField("DOI", max_length=150, blank=True)
    pmid = models.CharField("PMID", max_length=12, blank=True)
    pmcid = models.CharField("PMCID", max_length=15, blank=True)
    url = models.URLField(max_length=500, blank=True)

    design = models.CharField(max_length=30, choices=Design, default=Design.UNKNOWN)
    design_note = models.CharField(max_length=250, blank=True)
    subjects = models.CharField(max_length=20, choices=Subjects, default=Subjects.HUMAN)
    people = models.PositiveIntegerField(_("number of people"), null=True, blank=True)
    people_note = models.CharField(max_length=150, blank=True)
    funder = models.CharField(max_length=200, blank=True)
    commercial_interest = models.CharField(max_length=300, blank=True)
    finding = models.TextField(blank=True, help_text=_("One plain sentence: what it found."))
    caveat = models.TextField(blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="sources")

    status = models.CharField(max_length=20, choices=Status, default=Status.STANDS)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    status_note = models.TextField(
        blank=True, help_text=_("What happened and who says so: readers are told in these words.")
    )
    status_changed_on = models.DateField(null=True, blank=True)
    trial_status = models.CharField(
        max_length=20, choices=TrialStatus, blank=True, help_text=_("Of a trial still running.")
    )
    trial_status_on = models.DateField(
        null=True, blank=True, help_text=_("The day on which the registry said so.")
    )
    verification = models.CharField(
        max_length=20, choices=Verification, default=Verification.UNVERIFIED
    )
    where_seen = models.TextField(blank=True, help_text=_("Where it was seen; one address a line."))
    not_seen = models.CharField(
        max_length=300, blank=True, help_text=_("Fields known only from memory, and so left out.")
    )
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="checked_sources",
    )
    is_private = models.BooleanField(
        default=False,
        help_text=_("Other people’s text without a licence: never shown to the public."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "key"]
        permissions = [("import_documents", "Can read documents in")]
        constraints = [
            models.UniqueConstraint(
                fields=["doi"], condition=~Q(doi=""), name="a_doi_is_one_source"
            ),
            models.UniqueConstraint(
                fields=["pmid"], condition=~Q(pmid=""), name="a_pmid_is_one_source"
            ),
            models.CheckConstraint(
                name="a_superseded_source_is_not_its_own_successor",
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=models.F("pk")),
            ),
            models.CheckConstraint(
                name="a_source_has_a_known_status",
                condition=Q(
                    status__in=["stands", "corrected", "retracted", "withdrawn", "superseded"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.title

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.key])

    def clean(self) -> None:
        """One way of writing each number; one that another source has is refused by name."""
        super().clean()
        wrong = {}
        if self.trial_status and not self.trial_status_on:
            wrong["trial_status_on"] = gettext("Give the day on which the registry said so.")
        for name, label, in_form in (
            ("doi", "DOI", identifiers.doi),
            ("pmid", gettext("PubMed number"), identifiers.pmid),
            ("pmcid", gettext("PubMed Central number"), identifiers.pmcid),
        ):
            if typed := getattr(self, name):
                try:
                    setattr(self, name, in_form(typed))
                    self._require_own(name, label)
                except (BadIdentifier, NotReady) as error:
                    wrong[name] = str(error)
        if wrong:
            raise ValidationError(wrong)

    def _require_own(self, name: str, label: str) -> None:
        others = Source.objects.filter(**{f"{name}__iexact": getattr(self, name)})
        if other := others.exclude(pk=self.pk).first():
            raise NotReady(
                gettext(
                    "“%(other)s” (%(key)s) has this %(label)s already: a publication "
                    "is one source, so go on with that one."
                )
                % {"other": other, "key": other.key, "label": label}
            )

    @transaction.atomic
    def mark_checked(self, *, by: "Person", now: datetime) -> None:
        """This person has looked at the source today, and it is as recorded here."""
        if not by.has_perm("evidence.change_source"):
            raise NotAllowed(gettext("Only an editor can say that a source was checked."))
        seen = Source.objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
        if seen.verification == self.Verification.UNVERIFIED:
            raise NotReady(
                gettext(
                    "This source is marked as not seen yet. Say first, under “Whether it holds”, "
                    "what you saw of it and where, and save."
                )
            )
        self.checked_on, self.checked_by = timezone.localdate(now), by
        self.save(update_fields=["checked_on", "checked_by"])
        ledger.move_stamp()
        ledger.record("checked source", by=by, now=now, comment=self.key)

    @property
    def stands(self) -> bool:
        return self.status in (self.Status.STANDS, self.Status.CORRECTED)

    @property
    def is_about_people(self) -> bool:
        return self.subjects == self.Subjects.HUMAN

    @property
    def names_its_funder(self) -> bool:
        """“Not given” and “not stated” are answers to who paid, and name nobody."""
        return bool(self.funder) and not self.funder.lower().startswith(("not given", "not stated"))

    @property
    def is_preclinical(self) -> bool:
        """Animals or cells in a dish: it shows nothing about people yet."""
        return self.subjects in (self.Subjects.ANIMAL, self.Subjects.LAB)

    @property
    def seen_addresses(self) -> list[str]:
        return self.where_seen.split("\n") if self.where_seen else []


class Registration(models.Model):
    """A number under which a trial is registered."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="registrations")
    number = models.CharField(max_length=40)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "number"], name="a_registration_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        super().clean()
        try:
            self.number = identifiers.registration(self.number)
        except BadIdentifier as error:
            raise ValidationError({"number": str(error)}) from error

    @property
    def address(self) -> str:
        """Where the registry shows the trial; empty where that cannot be told."""
        return identifiers.registry_address(self.number)


class DocumentText(models.Model):
    """The text of a document that was read in, known by the hash of its bytes.

    A starter source may hold the hash and no text yet: the first import fills it in.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="document")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    warnings = models.TextField(blank=True)
    assertions = models.JSONField(
        default=list, blank=True, help_text=_("Sentences that assert something to check.")
    )
    terms = models.JSONField(
        default=list, blank=True, help_text=_("Glossary terms found in it, by slug.")
    )
    article = models.ForeignKey(
        "editorial.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        help_text=_("The article drafted from it."),
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_document_has_its_hash", condition=~Q(sha256=""))
        ]

    def __str__(self) -> str:
        return self.file_name
