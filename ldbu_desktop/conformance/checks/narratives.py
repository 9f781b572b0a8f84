"""The narrative of a resource: XHTML that may hold text and simple markup, and nothing that acts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import is_absolute
from ldbu_desktop.conformance.reading.xhtml import NAMESPACE, NotXhtml, XhtmlNode, read_xhtml


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ATTRIBUTES: Final = _words(
    """
    title style class id lang xml:lang dir accesskey tabindex span width align valign char charoff abbr axis
    headers scope rowspan colspan xml:space
    """
)
_ATTRIBUTES_OF: Final = _words(
    """
    a.href a.name a.charset a.type a.hreflang a.rel a.rev a.shape a.coords img.src img.border img.alt img.longdesc
    img.height img.width img.usemap img.ismap blockquote.cite q.cite map.name area.shape area.coords area.href
    area.nohref area.alt table.summary table.width table.border table.frame table.rules table.cellspacing
    table.cellpadding pre.space td.nowrap
    """
)
_BLOCKS: Final = frozenset({"div", "blockquote", "table", "ol", "ul", "p"})
_NOT_IN_TEXT: Final = frozenset({"div", "pre", "table", "ul", "ol"})
_NOT_IN_ITSELF: Final = _words("a b em i strong small big sub sup code tt dfn q var abbr acronym cite bdo kbd samp")
_TEXT_ONLY: Final = _NOT_IN_ITSELF | _words("p h1 h2 h3 h4 h5 h6 pre address span caption dd dt")
_ELEMENTS: Final = _TEXT_ONLY | _words(
    "br div blockquote hr ul ol li dl table colgroup col thead tr tfoot tbody th td img map area"
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
_ACTIVE: Final = frozenset({"javascript", "vbscript"})
_NOT_A_LINK: Final = frozenset({"urn", "cid"})
_URL: Final = re.compile(r"[\w;?:@&=+$.,/%\-~#\[\]!'()*|]*")
_DATA: Final = re.compile(r"data:[^,]*,[^,]+")

NarrativeFault = tuple[str, str]
"""The official kind of message, and what was found."""


def check_narrative(text: str, place: Place, run: Run) -> None:
    """The ``div`` of a narrative."""
    try:
        tree, odd_entities = read_xhtml(text)
    except NotXhtml as fault:
        run.problem(place, "Error_parsing_XHTML_", "wrong-narrative", str(fault))
        return
    found = [("XHTML_XHTML_Entity_Illegal", f"&{name};") for name in odd_entities]
    found.extend(_faults(tree, run.scope.resource))
    for key, what in dict.fromkeys(found):
        run.problem(place, key, "wrong-narrative", what)


def _faults(tree: XhtmlNode, resource: Mapping[str, Any]) -> Iterator[NarrativeFault]:
    namespace = tree.attributes.get("xmlns")
    if namespace != NAMESPACE:
        yield "XHTML_XHTML_NS_InValid", str(namespace or "")
    if tree.name != "div":
        yield "XHTML_XHTML_Name_Invalid", tree.name
    if not _has_content(tree):
        yield "txt-2", ""
    for name in _odd_attributes(tree):
        yield "txt-1", f"{tree.name}.{name}"
    if tree.name == "a" or tree.name not in _ELEMENTS:
        yield "txt-1", tree.name
    for child in tree.children:
        yield from _inner(child, (tree,))
    ids = _ids(tree)
    for node in _all(tree):
        yield from _links(node, ids, resource)


def _all(node: XhtmlNode) -> Iterator[XhtmlNode]:
    yield node
    for child in node.children:
        yield from _all(child)


def _has_content(tree: XhtmlNode) -> bool:
    """Whether there is text or an image. Only the plain kinds of white space are nothing."""
    return any((one.is_text and one.content.strip(_BLANK)) or one.name == "img" for one in _all(tree))


_BLANK: Final = "".join(map(chr, range(33)))


def _odd_attributes(node: XhtmlNode) -> list[str]:
    return [
        one
        for one in node.attributes
        if not one.startswith("xmlns") and one not in _ATTRIBUTES and f"{node.name}.{one}" not in _ATTRIBUTES_OF
    ]


def _inner(node: XhtmlNode, around: tuple[XhtmlNode, ...]) -> Iterator[NarrativeFault]:
    """An element within the narrative, by those that it stands in, the nearest last."""
    parent = around[-1]
    if node.is_comment and node.content.startswith("DOCTYPE"):
        yield "XHTML_XHTML_DOCTYPE_ILLEGAL", "<!DOCTYPE"
    if not node.name:
        return
    name = node.name
    if name not in _ELEMENTS:
        yield "XHTML_XHTML_Element_Illegal", name
    if (namespace := node.attributes.get("xmlns", NAMESPACE)) != NAMESPACE:
        yield "XHTML_XHTML_NS_InValid", str(namespace)
    for attribute in _odd_attributes(node):
        yield "XHTML_XHTML_Attribute_Illegal", f"{name}.{attribute}"
    outer = {one.name for one in around[1:]}
    if name in _BLOCKS and "p" in outer:
        yield "XHTML_XHTML_ELEMENT_ILLEGAL_IN_PARA", name
    if name in _NOT_IN_TEXT and outer & _TEXT_ONLY:
        yield "XHTML_XHTML_BLOCK_IN_PARA", name
    if name in _NOT_IN_ITSELF and name in outer:
        yield "XHTML_XHTML_NO_RECURSION", name
    if name in _EMPTY and node.children:
        yield "XHTML_XHTML_NO_CHILDREN", name
    if name in _CHILDREN and not all(_may_be_in(name, child) for child in node.children):
        yield "XHTML_XHTML_ILLEGAL_CHILDREN", name
    if name in _PARENTS and parent.name not in _PARENTS[name]:
        yield "XHTML_XHTML_OUT_OF_PLACE", name
    for child in node.children:
        yield from _inner(child, (*around, node))


def _may_be_in(name: str, child: XhtmlNode) -> bool:
    return child.name in _CHILDREN[name] if child.name else child.is_comment or not child.content.strip(_BLANK)


def _ids(tree: XhtmlNode) -> set[str]:
    found = {one.attributes.get("id") for one in _all(tree)}
    found.update(one.attributes.get("name") for one in _all(tree) if one.name == "a")
    return {one for one in found if one}


def _links(node: XhtmlNode, ids: set[str], resource: Mapping[str, Any]) -> Iterator[NarrativeFault]:
    """Where a link or an image leads: to something in the resource, or to an address that is well formed."""
    url = node.attributes.get({"a": "href", "img": "src"}.get(node.name, ""))
    if url is None:
        return
    if not url.strip() or not (_DATA.fullmatch(url) if url.startswith("data:") else _URL.fullmatch(url)):
        yield "XHTML_URL_INVALID", url
    if url.startswith("#") and url != "#" and url[1:] not in ids | _element_ids(resource):
        image = "_Img" if node.name == "img" else ""
        yield f"Type_Specific_Checks_DT_XHTML_Resolve{image}", url
    elif node.name == "a" and is_absolute(url):
        scheme = url.partition(":")[0]
        if scheme in _ACTIVE:
            yield "TYPE_SPECIFIC_CHECKS_DT_XHTML_ACTIVE_HREF", url
        elif scheme in _NOT_A_LINK:
            yield "TYPE_SPECIFIC_CHECKS_DT_XHTML_LITERAL_HREF", url


def _element_ids(value: Any) -> set[str]:
    """The ids of the resource and of all elements in it."""
    if isinstance(value, list):
        return {one for item in value for one in _element_ids(item)}
    if not isinstance(value, Mapping):
        return set()
    own = value.get("id")
    found = {own} if isinstance(own, str) else set()
    return found.union(*(_element_ids(one) for one in value.values()))
