"""Narratives: what the official validator takes for XHTML, and what may stand in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.conformance.checks.narratives import check_narrative
from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.reading.xhtml import NAMESPACE, NotXhtml, XhtmlNode, read_xhtml
from tests.unit.conformance.made import at, report, told, within

NS = f'xmlns="{NAMESPACE}"'
FILE = Path(__file__).parents[3] / "data" / "conformance" / "narratives.json"
OFFICIAL: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))


def keys(div: str, resource: dict[str, Any] | None = None) -> list[str]:
    run = Run({})
    run.scope.resource = resource or {}
    check_narrative(div, at("Patient.text.div"), run)
    assert {one.code for one in run.problems} <= {"wrong-narrative"}
    return [one.key for one in run.problems]


@pytest.mark.parametrize("case", OFFICIAL, ids=range(len(OFFICIAL)))
def test_the_official_validator_weighs_it_the_same(case: dict[str, Any]) -> None:
    changed = report()
    within(changed, "Patient")["text"] = {"status": "generated", "div": case["div"]}
    found = [key for key, at in told(changed) if at == "Bundle.entry[0].resource.text.div"]
    assert bool(found) == bool(case["keys"])
    # It tells of one fault in several ways; what we tell is one of them.
    assert set(found) <= {key.rpartition("#")[2] or "Error_parsing_XHTML_" for key in case["keys"]} | {
        "Error_parsing_XHTML_",
        "XHTML_XHTML_Entity_Illegal",
    }


@pytest.mark.parametrize(
    ("inner", "key"),
    [
        ("<a href='#there'>x</a>", ""),
        ("<a href='#nowhere'>x</a>", "Type_Specific_Checks_DT_XHTML_Resolve"),
        ("<a href='#'>x</a>", ""),
        ("<a name='own'/><a href='#own'>x</a>", ""),
        ("<a href=''>x</a>", "XHTML_URL_INVALID"),
        ("<a href='http://x y'>x</a>", "XHTML_URL_INVALID"),
        ("<a href='urn:x'>x</a>", "TYPE_SPECIFIC_CHECKS_DT_XHTML_LITERAL_HREF"),
        ("<a href='vbscript:x'>x</a>", "TYPE_SPECIFIC_CHECKS_DT_XHTML_ACTIVE_HREF"),
        ("<img src='data:image/png;base64,aGVq'/>", ""),
        ("<img src='data:image/png'/>", "XHTML_URL_INVALID"),
    ],
)
def test_links_lead_to_something(inner: str, key: str) -> None:
    resource = {"contact": [{"id": "there"}]}
    assert keys(f"<div {NS}>{inner}</div>", resource) == ([key] if key else [])


@pytest.mark.parametrize(
    ("div", "found"),
    [
        (f"<a {NS}>x</a>", ["XHTML_XHTML_Name_Invalid", "txt-1"]),
        (f"<div {NS} nowhere='1'>x</div>", ["txt-1"]),
        (f"<div {NS}><p xmlns='http://x.dk'>x</p></div>", ["XHTML_XHTML_NS_InValid"]),
        (f"<div {NS}><table>x</table></div>", ["XHTML_XHTML_ILLEGAL_CHILDREN"]),
        (f"<div {NS}><!DOCTYPE x>y</div>", ["XHTML_XHTML_DOCTYPE_ILLEGAL"]),
    ],
)
def test_what_may_not_stand_in_it_is_told(div: str, found: list[str]) -> None:
    assert keys(div) == found


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "<!-- never ends", "<!- x -->", "<?x", "<div x~></div>", "<div ='x'>", "<div/x>", "<div>< /div>",
        "<div></p>", "<div>&", "<div>&;</div>", "<div>&nothing;</div>", "<div><![CDATA[x", "<div><!-- x", "<div></div",
        "<div>" * 500,
    ],
)  # fmt: skip
def test_what_cant_be_read_is_not_xhtml(text: str) -> None:
    with pytest.raises(NotXhtml):
        read_xhtml(text)


def plain(node: XhtmlNode) -> Any:
    if not node.name:
        return (node.content,) if node.is_comment else node.content
    return [node.name, node.attributes, *map(plain, node.children)]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("<!DOCTYPE x><?y z?> <!-- c --><DIV/>x", ["div", {}]),
        ("<div a d = 'e' b=c >x", ["div", {"a": None, "d": "e", "b": "c "}, "x"]),
        ("<div", ["div", {}]),
        ("<div title='a&amp;b>c</div>", ["div", {"title": "a&b"}, "c"]),
        ("<p>&#65;&#x42;&#xyz;&#99999999999;</p>", ["p", {}, "AB"]),
        ("<p><![CDATA[a<b]]><!-- c --><!x><?y?></p>", ["p", {}, ("a<b",), (" c ",), ("x",), ("?y?",)]),
        ("<x:p xmlns:x='urn:1'><x:b/></x:p>", ["p", {"xmlns": "urn:1"}, ["b", {}]]),
        ("<x:p/>", ["p", {"xmlns": "http://error/undefined-namespace"}]),
        ("<p xmlns='urn:1'><b xmlns='urn:1'/><i xmlns='urn:2'/></p>",
         ["p", {"xmlns": "urn:1"}, ["b", {}], ["i", {"xmlns": "urn:2"}]]),
    ],
)  # fmt: skip
def test_it_is_read_as_leniently_as_officially(text: str, tree: Any) -> None:
    assert plain(read_xhtml(text)[0]) == tree


def test_only_the_entities_of_xml_are_ordinary() -> None:
    assert read_xhtml("<p>&lt;&aelig;&nbsp;</p>")[1] == ["aelig", "nbsp"]
