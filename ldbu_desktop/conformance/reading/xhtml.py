"""Reads the XHTML of a narrative as leniently as the official validator does: what it accepts is not always XML.

It takes attributes without quotes or value, ignores what follows the first element and never looks outside the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.entities import html5
from typing import Final

NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
_UNKNOWN_NAMESPACE: Final = "http://error/undefined-namespace"
_OF_XML: Final = frozenset({"quot", "amp", "apos", "lt", "gt"})
_LITERAL_ENDS: Final = frozenset(";&'\"><")
_DEEPEST: Final = 120


class NotXhtml(Exception):
    """The text can't be read at all."""


@dataclass(slots=True)
class XhtmlNode:
    """An element, or a piece of text or a comment (which have ``content`` and no name)."""

    name: str = ""
    content: str = ""
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[XhtmlNode] = field(default_factory=list)
    is_comment: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is a piece of text."""
        return not self.name and not self.is_comment


@dataclass(frozen=True, slots=True)
class _Names:
    """The namespaces that hold within an element, and the prefix that stands for the default one."""

    default: str | None = None
    prefix: str | None = None
    known: tuple[tuple[str, str], ...] = ()

    def of(self, prefix: str) -> str:
        if prefix == self.prefix and self.default is not None:
            return self.default
        return dict(self.known).get(prefix, _UNKNOWN_NAMESPACE)


def read_xhtml(text: str) -> tuple[XhtmlNode, list[str]]:
    """The first element, and entities that XML does not know. Raises :class:`NotXhtml`."""
    reader = _Reader(text)
    return reader.document(), reader.odd_entities


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self.odd_entities: list[str] = []

    def document(self) -> XhtmlNode:
        self._skip_before_the_first()
        if self._peek() != "<":
            raise NotXhtml(self._text[:20])
        self._at += 1
        return self._element(_Names(), is_top=True)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip_spaces(self, more: str = "") -> None:
        while (one := self._peek()) and (one.isspace() or one in more):
            self._at += 1

    def _to(self, mark: str) -> str:
        """What stands before ``mark``, which is passed."""
        end = self._text.find(mark, self._at)
        if end < 0:
            raise NotXhtml(self._text[self._at : self._at + 20])
        found, self._at = self._text[self._at : end], end + len(mark)
        return found

    def _skip_before_the_first(self) -> None:
        while True:
            self._skip_spaces("\ufeff")
            if self._text.startswith("<!--", self._at):
                self._at += 4
                self._to("-->")
            elif self._text.startswith("<!-", self._at):
                raise NotXhtml("<!-")
            elif self._text.startswith(("<!", "<?"), self._at):
                self._to(">")
            else:
                return

    def _name(self) -> str:
        start = self._at
        while (one := self._peek()) and (one.isalnum() or one in "_-:."):
            self._at += 1
        return self._text[start : self._at]

    def _element(self, around: _Names, *, is_top: bool = False) -> XhtmlNode:
        """The element whose ``<`` has been passed."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotXhtml("<" * 20)
        name = self._name()
        prefix, _, local = name.rpartition(":") if ":" in name else ("", "", name)
        node = XhtmlNode(local.lower() if is_top else local)
        self._attributes(node)
        names = _with_namespaces(node, prefix, around, is_top=is_top)
        if self._peek() == "/":
            if not self._text.startswith("/>", self._at):
                raise NotXhtml(self._text[self._at : self._at + 20])
            self._at += 2
        else:
            self._at += 1
            self._content(node, names)
        self._depth -= 1
        return node

    def _attributes(self, node: XhtmlNode) -> None:
        self._skip_spaces()
        while (one := self._peek()) and one not in ">/":
            name = self._name()
            if not name:
                raise NotXhtml(self._text[self._at : self._at + 20])
            self._skip_spaces()
            following = self._peek()
            if following == "=":
                self._at += 1
                self._skip_spaces()
                node.attributes[name] = self._value()
            elif following and (following.isalnum() or following in "_-:.>/"):
                node.attributes[name] = None
            else:
                raise NotXhtml(self._text[self._at : self._at + 20])
            self._skip_spaces()

    def _value(self) -> str:
        mark = self._peek() if self._peek() in ('"', "'") else ""
        self._at += len(mark)
        ends = f">{mark}" if mark else ">/"
        parts: list[str] = []
        while (one := self._peek()) and one not in ends:
            parts.append(self._entity() if one == "&" else one)
            self._at += one != "&"
        if mark and self._peek() == mark:
            self._at += 1
        return "".join(parts)

    def _content(self, node: XhtmlNode, names: _Names) -> None:
        """What stands in an element, up to its end or the end of the text."""
        parts: list[str] = []
        while one := self._peek():
            if one == "&":
                parts.append(self._entity())
                continue
            self._at += 1
            if one != "<":
                parts.append(one)
                continue
            _end_text(node, parts)
            if self._marked(node):
                continue
            if self._peek() == "/":
                self._at += 1
                if self._to(">").rpartition(":")[2] != node.name:
                    raise NotXhtml(f"</ {node.name}")
                return
            if not self._peek().isalnum():
                raise NotXhtml(self._text[self._at : self._at + 20])
            node.children.append(self._element(names))
        _end_text(node, parts)

    def _marked(self, node: XhtmlNode) -> bool:
        """Whether a comment, a section or an instruction stood here; it has been read then."""
        if self._text.startswith("![", self._at):
            self._at += 8
            node.children.append(XhtmlNode(content=self._to("]]>"), is_comment=True))
        elif self._text.startswith("!--", self._at):
            self._at += 3
            node.children.append(XhtmlNode(content=self._to("-->"), is_comment=True))
        elif self._peek() == "!":
            self._at += 1
            node.children.append(XhtmlNode(content=self._to(">"), is_comment=True))
        elif self._peek() == "?":
            node.children.append(XhtmlNode(content=self._to(">"), is_comment=True))
        else:
            return False
        return True

    def _entity(self) -> str:
        start = self._at + 1
        end = start
        while end < len(self._text) and self._text[end] not in _LITERAL_ENDS:
            end += 1
        name, self._at = self._text[start:end], end + 1
        if not name or end >= len(self._text):
            raise NotXhtml("&")
        if name[0] == "#":
            return _character(name[1:])
        if name not in _OF_XML:
            self.odd_entities.append(name)
        if f"{name};" not in html5:
            raise NotXhtml(f"&{name}")
        return html5[f"{name};"]


def _character(number: str) -> str:
    """What a number stands for; nothing for one that is none."""
    try:
        return chr(int(number[1:], 16) if number[:1] == "x" else int(number))
    except (ValueError, OverflowError):
        return ""


def _end_text(node: XhtmlNode, parts: list[str]) -> None:
    if parts:
        node.children.append(XhtmlNode(content="".join(parts)))
        parts.clear()


def _with_namespaces(node: XhtmlNode, prefix: str, around: _Names, *, is_top: bool) -> _Names:
    """The namespaces within the element; ``xmlns`` is left on it only where it says something new."""
    default, known = around.default, dict(around.known)
    own_prefix = around.prefix
    for name in [one for one in node.attributes if one == "xmlns" or one.startswith("xmlns:")]:
        value = node.attributes.pop(name) or ""
        if name == "xmlns":
            default = value
        else:
            known[name[6:]] = value
    if prefix:
        own = _Names(default, own_prefix, tuple(known.items())).of(prefix)
        if own != default:
            default, own_prefix = own, prefix
    if default is not None and (is_top or default != around.default):
        node.attributes["xmlns"] = default
    return _Names(default, own_prefix, tuple(known.items()))
