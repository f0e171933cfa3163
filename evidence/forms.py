from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.documents.reading import FORMATS

MOST_AT_ONCE = 20


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, as a list."""

    widget = FilesInput(attrs={"accept": ",".join(FORMATS)})

    def clean(self, data, initial=None) -> list:
        files = data if isinstance(data, list | tuple) else [data]
        # An empty file is told beside the others: it must not stop them.
        files = [file for file in files if file]
        if not files:
            raise forms.ValidationError(_("Choose at least one document."))
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("Choose at most %(most)s at once, or use `manage.py import_documents`.")
                % {"most": MOST_AT_ONCE}
            )
        return files


class UploadForm(forms.Form):
    documents = FilesField(label=gettext_lazy("Documents"))
