"""The questions that a page gives its reader to ask: framed on the page, and read out of it."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext
from lxml import html as lxml_html

from editorial.sanitising import fit_for_markup
from editorial.wording import one_line

if TYPE_CHECKING:
    from editorial.rendering import Document

PART = "questions"


def questions_in(body: str) -> list[str]:
    """The questions of a body's section of questions, in order, without their citations."""
    if f'data-part="{PART}"' not in body:
        return []
    tree = lxml_html.fromstring(f"<div>{fit_for_markup(body)}</div>")
    heading = _heading(tree)
    if heading is None:
        return []
    for cite in list(tree.iter("cite")):
        cite.drop_tree()
    lines = [
        one_line(line.text_content())
        for element in _section(heading)
        for line in element.iter("li", "p")
        # A paragraph inside a line of a list is that line.
        if line.tag == "li" or line.getparent().tag != "li"
    ]
    return [line for line in lines if line.endswith("?")]


def frame_questions(document: "Document") -> None:
    """A section of questions gets a frame, so that paper can show it first, and a way to take the
    questions along. Leaves on the document: `questions_address`."""
    heading = _heading(document.tree)
    if heading is None:
        return
    address = document.version.page.get_absolute_url()
    taking = f"{reverse('appointment')}?page={address}"
    frame = lxml_html.Element("section")
    frame.set("class", "questions-to-ask")
    frame.set("aria-labelledby", heading.get("id") or PART)
    inside = [heading, *_section(heading)]
    heading.addprevious(frame)
    for element in inside:
        frame.append(element)
    line = lxml_html.Element("p")
    line.set("class", "take-along screen-only")
    link = lxml_html.Element("a")
    link.set("class", "button")
    link.set("href", taking)
    link.text = gettext("Take these questions to your appointment")
    line.append(link)
    frame.append(line)
    document.shown["questions_address"] = taking


def _heading(tree: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
    return next((it for it in tree.iter("h2") if it.get("data-part") == PART), None)


def _section(heading: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    """What stands under a heading, until the next one of its rank."""
    found = []
    for element in heading.itersiblings():
        if element.tag == "h2":
            break
        found.append(element)
    return found
