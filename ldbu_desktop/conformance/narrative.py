"""The narrative of a resource: XHTML that may hold text and simple markup, and nothing that acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from ldbu_desktop.conformance.places import Place
from ldbu_desktop.conformance.problems import Run

_NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
_ELEMENTS: Final = frozenset(
    [
        "p",
        "br",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "span",
        "b",
        "em",
        "i",
        "strong",
        "small",
        "big",
        "tt",
        "dfn",
        "q",
        "var",
        "abbr",
        "acronym",
        "cite",
        "blockquote",
        "hr",
        "address",
        "bdo",
        "kbd",
        "sub",
        "sup",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "pre",
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tr",
        "tfoot",
        "tbody",
        "th",
        "td",
        "code",
        "samp",
        "img",
        "map",
        "area",
    ]
)
_ATTRIBUTES: Final = frozenset(
    [
        "title",
        "style",
        "class",
        "id",
        "lang",
        "xml:lang",
        "dir",
        "accesskey",
        "tabindex",
        "span",
        "width",
        "align",
        "valign",
        "char",
        "charoff",
        "abbr",
        "axis",
        "headers",
        "scope",
        "rowspan",
        "colspan",
        "xml:space",
    ]
)
_ATTRIBUTES_OF: Final = frozenset(
    [
        "a.href",
        "a.name",
        "a.charset",
        "a.type",
        "a.hreflang",
        "a.rel",
        "a.rev",
        "a.shape",
        "a.coords",
        "img.src",
        "img.border",
        "img.alt",
        "img.longdesc",
        "img.height",
        "img.width",
        "img.usemap",
        "img.ismap",
        "blockquote.cite",
        "q.cite",
        "map.name",
        "area.shape",
        "area.coords",
        "area.href",
        "area.nohref",
        "area.alt",
        "table.summary",
        "table.width",
        "table.border",
        "table.frame",
        "table.rules",
        "table.cellspacing",
        "table.cellpadding",
        "pre.space",
        "td.nowrap",
    ]
)
_BLOCKS: Final = frozenset({"div", "blockquote", "table", "ol", "ul", "p"})
_NOT_IN_TEXT: Final = frozenset({"div", "pre", "table", "ul", "ol"})
_TEXT_ONLY: Final = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "address",
        "a",
        "b",
        "em",
        "i",
        "strong",
        "small",
        "big",
        "sub",
        "sup",
        "code",
        "tt",
        "dfn",
        "q",
        "var",
        "abbr",
        "acronym",
        "cite",
        "bdo",
        "kbd",
        "samp",
        "span",
        "caption",
        "dd",
        "dt",
    ]
)
_NOT_IN_ITSELF: Final = frozenset(
    [
        "a",
        "b",
        "em",
        "i",
        "strong",
        "small",
        "big",
        "sub",
        "sup",
        "code",
        "tt",
        "dfn",
        "q",
        "var",
        "abbr",
        "acronym",
        "cite",
        "bdo",
        "kbd",
        "samp",
    ]
)
_EMPTY: Final = frozenset({"br", "img", "hr", "area"})
_CHILDREN: Final = {
    "table": {"tbody", "tr", "caption", "thead", "tfoot", "col", "colgroup"},
    "tr": {"td", "th"},
    "tbody": {"tr"},
    "thead": {"tr"},
    "tfoot": {"tr"},
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dd", "dt"},
    "map": {"area"},
}
_PARENTS: Final = {
    "tr": {"table", "thead", "tfoot", "tbody"},
    "tbody": {"table"},
    "thead": {"table"},
    "tfoot": {"table"},
    "caption": {"table"},
    "colgroup": {"table"},
    "col": {"colgroup", "table"},
    "th": {"tr", "thead", "tfoot"},
    "td": {"tr", "thead", "tfoot"},
    "li": {"ul", "ol"},
    "dd": {"dl"},
    "dt": {"dl"},
}
_HTML_ENTITIES: Final = (
    '<!DOCTYPE div [<!ENTITY nbsp "&#160;"><!ENTITY copy "&#169;"><!ENTITY aelig "&#230;"><!ENTITY oslash "&#248;">'
    '<!ENTITY aring "&#229;"><!ENTITY AElig "&#198;"><!ENTITY Oslash "&#216;"><!ENTITY Aring "&#197;">'
    '<!ENTITY ndash "&#8211;"><!ENTITY mdash "&#8212;"><!ENTITY hellip "&#8230;">]>'
)


def check_narrative(text: str, place: Place, run: Run) -> None:
    """The ``div`` of a narrative."""
    tree = _Tree()
    if not tree.read(text):
        run.problem(place, "Error_parsing_XHTML_", "wrong-narrative", tree.fault)
        run.problem(place, "txt-1", "invariant")
        return
    for key, found in tree.faults():
        run.problem(place, key, "wrong-narrative", found)


class _Tree:
    """Reads the XHTML and notes what may not be there; never follows anything outside."""

    def __init__(self) -> None:
        self.fault = ""
        self._open: list[str] = []
        self._found: list[tuple[str, str]] = []
        self._has_text = False
        self._depth = 0

    def read(self, text: str) -> bool:
        """Whether ``text`` is well-formed."""
        if not text.lstrip().startswith("<"):
            self.fault = text[:20]
            return False
        if "<!" in text.replace("<!--", "") or "<?" in text:
            self._found.append(("XHTML_XHTML_DOCTYPE_ILLEGAL", "<!"))
            return True
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(_HTML_ENTITIES + text, True)
        except expat.ExpatError as error:
            self.fault = expat.errors.messages[error.code]
            return False
        return True

    def faults(self) -> Iterator[tuple[str, str]]:
        """What may not be in a narrative."""
        yield from dict.fromkeys(self._found)
        if not self._has_text:
            yield "txt-2", ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._open[-1] if self._open else ""
        if not self._open:
            self._top(name, attributes)
        else:
            self._inner(name, parent, attributes)
        if name == "img":
            self._has_text = True
        self._open.append(name)

    def _top(self, name: str, attributes: dict[str, str]) -> None:
        namespace = attributes.get("xmlns")
        if namespace != _NAMESPACE:
            self._found.append(("XHTML_XHTML_NS_InValid", str(namespace)))
        if name != "div":
            self._found.append(("XHTML_XHTML_Name_Invalid", name))
        self._attributes(name, attributes)

    def _inner(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if name not in _ELEMENTS:
            self._found.append(("XHTML_XHTML_Element_Illegal", name))
        if attributes.get("xmlns", _NAMESPACE) != _NAMESPACE:
            self._found.append(("XHTML_XHTML_NS_InValid", attributes["xmlns"]))
        self._attributes(name, attributes)
        if "p" in self._open and name in _BLOCKS:
            self._found.append(("XHTML_XHTML_ELEMENT_ILLEGAL_IN_PARA", name))
        if name in _NOT_IN_TEXT and any(one in _TEXT_ONLY for one in self._open):
            self._found.append(("XHTML_XHTML_BLOCK_IN_PARA", name))
        if name in _NOT_IN_ITSELF and name in self._open:
            self._found.append(("XHTML_XHTML_NO_RECURSION", name))
        if parent in _EMPTY:
            self._found.append(("XHTML_XHTML_NO_CHILDREN", parent))
        if parent in _CHILDREN and name not in _CHILDREN[parent]:
            self._found.append(("XHTML_XHTML_ILLEGAL_CHILDREN", name))
        if name in _PARENTS and parent not in _PARENTS[name]:
            self._found.append(("XHTML_XHTML_OUT_OF_PLACE", name))

    def _attributes(self, name: str, attributes: dict[str, str]) -> None:
        for one in attributes:
            if not (one.startswith("xmlns") or one in _ATTRIBUTES or f"{name}.{one}" in _ATTRIBUTES_OF):
                self._found.append(("XHTML_XHTML_Attribute_Illegal", f"{name}.{one}"))

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if text.strip():
            self._has_text = True
            if self._open and self._open[-1] in _CHILDREN:
                self._found.append(("XHTML_XHTML_ILLEGAL_CHILDREN", "text"))
