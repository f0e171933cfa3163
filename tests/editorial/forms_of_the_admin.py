"""What a browser would send back from a form of the admin, if nobody changed anything."""

from typing import Any


def as_sent(response) -> dict[str, Any]:
    """The fields of the form in this response, and of its inline rows, by their names."""
    sent = fields_of(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        sent |= fields_of(inline.formset.management_form)
        for form in inline.formset.forms:
            sent |= fields_of(form)
    return sent


def fields_of(form) -> dict[str, Any]:
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    return {
        name: "" if value is None else value for name, value in values.items() if value is not False
    }


def new_row(sent: dict[str, Any], prefix: str, **fields: Any) -> dict[str, Any]:
    """The same with one row more in an inline, as its “Add another” link would make it."""
    index = int(sent[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{index}-{name}": value for name, value in fields.items()}
    return sent | row | {f"{prefix}-TOTAL_FORMS": index + 1}
