"""Every way in which HTML enters goes through the one sanitiser, and known attacks die there."""

import io
import re
from itertools import pairwise

from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from editorial.models import Version
from editorial.sanitising import ALLOWED, clean_html

ROOMS = {"editorial", "evidence", "glossary", "articles", "search"}
HARM = '<p onclick="x()">Kept<script>alert(1)</script><a href="javascript:x()">too</a></p>'
HARMLESS = "<p>Kepttoo</p>"
# Of the lists that attackers use: each has got past some sanitiser once.
VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)//",
    "<img src='x' onerror='alert(1)'",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href='javascript:alert(1)'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=x>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><input type=submit></form>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<isindex action=javascript:alert(1) type=image>",
    "<base href='javascript:alert(1)//'>",
    "<meta http-equiv='refresh' content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='javascript:alert(1)'>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p style='behavior:url(x.htc);-moz-binding:url(x)'>x</p>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='JAVASCRIPT:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='blob:https://evil.example/x'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a target=_blank ping='//evil.example' href='/x/' onfocus=alert(1) autofocus>x</a>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<xss id=x tabindex=1 onfocus=alert(1)></xss>",
    '<div id="main"><p name="cookie">clobber</p></div>',
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt></p>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><a title='</title><img src=x onerror=alert(1)>'></title>",
    "<select><option><script>alert(1)</script></select>",
    '<p title="`><img src=x onerror=alert(1)>">x</p>',
    "<table background='javascript:alert(1)'><tr><td background='javascript:x'>x</td></tr></table>",
    '<cite data-source="x" data-place="&quot;><img src=x onerror=alert(1)>"></cite>',
]
SCHEMES = {"", "http", "https", "mailto", "tel"}


def is_harmless(html: str) -> bool:
    """Nothing but allowed elements, attributes and schemes, as a browser's parser reads it."""
    for element in lxml_html.fromstring(f"<div>{html}</div>").iterdescendants():
        if element.tag not in ALLOWED or not set(element.attrib) <= ALLOWED[element.tag]:
            return False
        address = re.sub(r"[\x00-\x20]", "", element.get("href") or "").lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
        if (scheme[1] if scheme else "") not in SCHEMES:
            return False
    return True


def test_every_known_attack_comes_out_harmless_and_settled():
    for vector in VECTORS:
        for html in (vector, f"<p>before {vector} after</p>", f"<table><tr><td>{vector}"):
            cleaned = clean_html(html)
            assert is_harmless(cleaned), (html, cleaned)
            assert clean_html(cleaned) == cleaned, html


@given(st.lists(st.sampled_from(VECTORS), min_size=2, max_size=4), st.integers(0, 40))
def test_attacks_cut_into_each_other_come_out_harmless(vectors, cut):
    html = "".join(vector[:cut] + other for vector, other in pairwise(vectors))
    cleaned = clean_html(html)
    assert is_harmless(cleaned)
    assert clean_html(cleaned) == cleaned


# What the editor makes, built by rule: nothing of it may be lost.
WORDS = st.text(alphabet="abc déß σ 5", min_size=1, max_size=8).map(
    lambda text: " ".join(text.split()) or "x"
)
MARK = st.sampled_from(["strong", "em", "sub", "sup"])
ADDRESS = st.sampled_from(
    ["/articles/x/", "https://example.org/?a=1", "mailto:a@example.org", "tel:+441234"]
)
LINE = st.one_of(
    WORDS,
    st.builds(lambda tag, text: f"a <{tag}>{text}</{tag}> b", MARK, WORDS),
    st.builds(lambda href, text: f'a <a href="{href}">{text}</a> b', ADDRESS, WORDS),
    WORDS.map(lambda text: f'{text}.<cite data-source="burt-2019" data-place="Table 2"></cite>'),
)
BLOCK = st.one_of(
    LINE.map(lambda line: f"<p>{line}</p>"),
    WORDS.map(lambda text: f'<h2 data-part="harms">{text}</h2>'),
    WORDS.map(lambda text: f"<h3>{text}</h3>"),
    LINE.map(lambda line: f"<blockquote><p>{line}</p></blockquote>"),
    st.builds(
        lambda tag, lines: f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>",
        st.sampled_from(["ul", "ol"]),
        st.lists(LINE, min_size=1, max_size=3),
    ),
    LINE.map(
        lambda line: (
            '<table><thead><tr><th scope="col">x</th></tr></thead>'
            f"<tbody><tr><td>{line}</td></tr></tbody></table>"
        )
    ),
)


@given(st.lists(BLOCK, min_size=1, max_size=5).map("".join))
def test_nothing_that_the_editor_makes_is_lost(html):
    assert elements(clean_html(html)) == elements(html)


def elements(html: str) -> list:
    tree = lxml_html.fromstring(f"<div>{html}</div>")
    return [
        (element.tag, dict(element.attrib), " ".join("".join(element.itertext()).split()))
        for element in tree.iterdescendants()
    ]


# --- the ways in --------------------------------------------------------------------------


def test_the_body_of_a_version_is_the_one_field_that_holds_markup():
    """A new one has to be cleaned too, and named here."""
    found = {
        field.model._meta.label + "." + field.name
        for model in apps.get_models()
        if model._meta.app_label in ROOMS and not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, models.TextField) and hasattr(field, "sanitize")
    }
    assert found == {"editorial.Version.body"}


def test_a_verb_cleans(draft, author, now):
    draft.rewrite(by=author, now=now, text={"body": HARM})
    draft.refresh_from_db()
    assert draft.body == HARMLESS


def test_loaded_data_is_cleaned_by_full_clean(draft):
    data = serializers.serialize("json", [draft]).replace(
        '"body": "', '"body": "' + HARM.replace('"', '\\"')
    )
    (loaded,) = serializers.deserialize("json", data)

    loaded.object.full_clean(validate_unique=False, validate_constraints=False)

    assert loaded.object.body.startswith(HARMLESS)
    assert is_harmless(loaded.object.body)


def test_the_command_cleans(tmp_path):
    file = tmp_path / "a.html"
    file.write_text(HARM)
    out = io.StringIO()
    call_command("clean_html", str(file), stdout=out)
    assert out.getvalue().strip() == HARMLESS


def test_a_proxy_of_a_version_cleans_as_well():
    proxies = [model for model in apps.get_models() if issubclass(model, Version)]
    assert len(proxies) == 5
    for model in proxies:
        assert model._meta.get_field("body").clean(HARM, None) == HARMLESS, model
