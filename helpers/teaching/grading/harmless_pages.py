"""Text by learners made safe for the pages on which graders and classmates read it: nothing in it runs.

Feedback pages and Formgrader draw text cells with nbconvert, which lets all HTML through. So a text is drawn
here as it will be there, and looked at with bleach. If all that it holds is harmless, it stays as it is, to
the last byte. Otherwise whatever is not harmless is broken up by a space: `<script>` becomes `< script>`,
which reads the same and means nothing, in code and formulas as well.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

import bleach
from nbconvert.filters import strip_files_prefix
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

_LONGEST = 20_000  # characters of a text that is looked at; a longer one is shown as it was typed
_MOST_TAGS = 500  # in one text: bleach takes its time for tags within tags
_NAMES_OF_TAGS = """
a abbr b blockquote br caption center code col colgroup dd del details div dl dt em figcaption figure font
h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp small span strike strong sub summary sup
table tbody td tfoot th thead tr tt u ul var wbr
"""
_NAMES_OF_ATTRIBUTES = """
align alt border cellpadding cellspacing checked color colspan disabled height lang open rowspan size span
start title type valign width
"""
_TAGS, _PLAIN = frozenset(_NAMES_OF_TAGS.split()), frozenset(_NAMES_OF_ATTRIBUTES.split())
_DRAWN = re.compile(r"(language-|highlight|jp-|anchor-link|task-list|footnote|mermaid$|[a-z]{1,2}\d?$|err$)")
_CLASS = re.compile(r"alert(-\w+)?")
_STYLE = re.compile(
    r"\s*((color|background-color|font-(size|style|weight|family)|text-(align|decoration)|width|height|border"
    r"|border-collapse|padding)\s*:[\w\s#%.,-]*(rgb\([\d\s,]*\))?\s*(;\s*|$))*"
)
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_DATA_PICTURE = re.compile(r"data:(image/(?:png|jpeg|gif|webp));base64,[\w+/=%]*", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_FILES = re.compile(r"^(/?files/)+")  # nbconvert drops it
_SCHEME = re.compile(r"[^/?#:]*:")
_MAY_MATTER = re.compile(
    r"<|\]\(|\]:|\]\[|mermaid|attachment:|\\(?:href|style|class|cssId|require|unicode)\b"
)
_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_TAG_NAME = re.compile(r"[A-Za-z0-9]+")
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_MATHS = re.compile(r"\\(?=(?:href|style|class|cssId|require|unicode)\b)")
_ADDRESS = re.compile(r"\](?:\(|:)?\s*<?([^\s)>]*)")
_LINK = re.compile(r"\](?=[(:\[])")


def clean_cells(notebook: NotebookNode) -> None:
    """Make a notebook's texts, attachments and settings harmless, in place; its outputs are the grader's."""
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    for cell in notebook.cells:
        cell.metadata = _kept_metadata(cell.metadata)
        if "attachments" in cell:
            cell.attachments = _pictures(cell.attachments)
            if not cell.attachments or cell.cell_type == "code":
                del cell["attachments"]
        if cell.cell_type == "markdown":
            cell.source = clean_markdown(cell.source, tuple(cell.get("attachments", {})))
        elif cell.cell_type != "code":
            cell.source = clean_html(cell.source)


@lru_cache(maxsize=4096)
def clean_markdown(text: str, attachments: tuple[str, ...] = ()) -> str:
    """The same text, with nothing in it that runs where it is drawn; unchanged if there is nothing.

    Parameters
    ----------
    text : str
        Markdown, as in a text cell.
    attachments : tuple of str
        The names of the cell's pictures.
    """
    if len(text) <= _LONGEST and not _MAY_MATTER.search(text):
        return text
    pictures = {name: {"image/png": ""} for name in attachments}

    def draw(candidate: str) -> str:
        renderer = IPythonRenderer(escape=False, attachments=pictures)
        return strip_files_prefix(MarkdownWithMath(renderer=renderer).render(candidate))

    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
    return _first_harmless(text, draw, f"{fence}\n{text}\n{fence}", attachments)


@lru_cache(maxsize=256)
def clean_html(text: str) -> str:
    """The same for HTML, which a raw cell may hold."""
    return _first_harmless(text, strip_files_prefix, html.escape(text))


def _first_harmless(
    text: str, draw: Callable[[str], str], last_resort: str, pictures: tuple[str, ...] = ()
) -> str:
    """The text with as little broken up as possible."""
    if len(text) > _LONGEST or text.count("<") > _MOST_TAGS:
        return last_resort
    without_unsafe_links = partial(_without_unsafe_links, pictures=pictures)
    ways = (str, _without_unsafe_tags, without_unsafe_links, _without_links, _without_tags)
    for candidate in _one_after_another(text, ways):
        try:
            if is_harmless(draw(candidate)) and not _has_unsafe_maths(candidate):
                return candidate
        except Exception:  # what cannot be drawn here cannot be drawn there either
            continue
    return last_resort


def _one_after_another(text: str, ways: Iterable[Callable[[str], str]]) -> Iterator[str]:
    for way in ways:
        text = way(text)
        yield text


def is_harmless(page: str) -> bool:
    """Whether HTML holds nothing that runs, hides or covers what is around it, or ends its element."""
    refused = []

    def accept(tag: str, name: str, value: str) -> bool:
        if not _is_harmless_attribute(tag, name, value):
            refused.append(name)
        return True

    def cleaned(text: str, strip: bool = False) -> str:
        protocols = ("http", "https", "mailto", "attachment", "data")
        return bleach.clean(text, _TAGS, accept, protocols, strip=strip, css_sanitizer=_AnyStyle())

    shown = cleaned(page)
    # A tag that is not allowed is shown as text, or dropped where `strip` says so.
    if refused or shown != cleaned(page, strip=True):
        return False
    return cleaned(f"<div>{page}</div><i>after</i>") == f"<div>{shown}</div><i>after</i>"


class _AnyStyle:
    """Styles are checked as attributes; bleach wants a sanitizer for them."""

    def sanitize_css(self, style: str) -> str:
        return style


def _is_harmless_attribute(tag: str, name: str, value: str) -> bool:
    value = html.unescape(value)
    if name in ("href", "src"):
        return _is_harmless_address(value, picture=tag == "img")
    if name == "class":
        return all(_CLASS.fullmatch(part) or _DRAWN.match(part) for part in value.split())
    if name == "style":
        return _STYLE.fullmatch(value) is not None
    if name == "id":
        return tag in ("h1", "h2", "h3", "h4", "h5", "h6")
    if tag == "input" and name == "type":
        return value == "checkbox"
    return name in _PLAIN


def _is_harmless_address(address: str, picture: bool) -> bool:
    address = _FILES.sub("", _UNSEEN.sub("", html.unescape(address)))
    scheme = _SCHEME.match(address)
    if picture and _DATA_PICTURE.fullmatch(address):
        return True
    return scheme is None or scheme.group().lower() in ("http:", "https:", "mailto:", "attachment:")


def _has_unsafe_maths(text: str) -> bool:
    """Whether a formula has MathJax make a link or a style: it draws `\\href{javascript:...}` as well."""
    return _MATHS.search(text) is not None


def _without_unsafe_tags(text: str) -> str:
    """With a space in each tag that is not harmless by itself, and in commands of formulas that make HTML."""

    def parted(match: re.Match) -> str:
        tag = _TAG.match(text, match.start())
        closes = text.startswith("</", match.start())
        harmless = tag is not None and is_harmless(f"{tag.group()}{_end_of(tag.group())}")
        return "<" if harmless or (closes and _name_at(text, match.end() + 1) in _TAGS) else "< "

    return _MATHS.sub(r"\\ ", _OPENING.sub(parted, text))


def _end_of(tag: str) -> str:
    name = _name_at(tag, 1)
    return "" if name in ("br", "hr", "img", "input", "wbr", "col") else f"</{name}>"


def _name_at(text: str, position: int) -> str:
    found = _TAG_NAME.match(text, position)
    return found.group().lower() if found else ""


def _without_unsafe_links(text: str, pictures: tuple[str, ...]) -> str:
    """With a space in each link whose address is not harmless, or names a picture that is not there."""

    def parted(match: re.Match) -> str:
        found = _ADDRESS.match(text, match.start())
        address = re.sub(r"\\(?=[^\w\s])", "", found.group(1) if found else "")
        if address.startswith("attachment:"):
            harmless = address.removeprefix("attachment:") in pictures
        else:
            harmless = _is_harmless_address(address, picture=True)
        return "]" if harmless else "] "

    return _LINK.sub(parted, text)


def _without_links(text: str) -> str:
    return _LINK.sub("] ", text)


def _without_tags(text: str) -> str:
    return _OPENING.sub("< ", text)


def _kept_metadata(metadata: dict) -> NotebookNode:
    """What nbgrader knows about a cell, and how it is folded: the rest may reach a page, or is useless."""
    kept = NotebookNode()
    if isinstance(metadata.get("nbgrader"), dict):
        kept.nbgrader = NotebookNode(
            {key: value for key, value in metadata["nbgrader"].items() if key not in ("comment", "score")}
        )
    for name in ("deletable", "editable", "collapsed"):
        if isinstance(metadata.get(name), bool):
            kept[name] = metadata[name]
    tags = metadata.get("tags")
    if isinstance(tags, list) and all(isinstance(tag, str) and re.fullmatch(r"[\w-]+", tag) for tag in tags):
        kept.tags = tags
    return kept


def _pictures(attachments: object) -> NotebookNode:
    """The attachments that are bitmap pictures."""
    kept = NotebookNode()
    for name, forms in attachments.items() if isinstance(attachments, dict) else ():
        forms = forms.items() if isinstance(forms, dict) else ()
        fine = {kind: data for kind, data in forms if kind in _PICTURES and _is_base64(data)}
        if fine:
            kept[name] = NotebookNode(fine)
    return kept


def _is_base64(data: str) -> bool:
    try:
        base64.b64decode(re.sub(r"\s", "", data), validate=True)
    except (TypeError, ValueError, binascii.Error):
        return False
    return True
