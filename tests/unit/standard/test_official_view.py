"""What official packages say of a profile, read from a package of our own making."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.standard.official_package import OfficialPackage
from ldbu_desktop.standard.official_view import OfficialView

BASE = "http://example.org/StructureDefinition/"
SETS = "http://example.org/ValueSet/"


def profile(name: str, *elements: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "StructureDefinition", "url": f"{BASE}{name}", "snapshot": {"element": elements}}


def view(*profiles: dict[str, Any]) -> OfficialView:
    resources = {one["url"]: one for one in profiles}
    by_type = {"StructureDefinition": profiles}
    return OfficialView(OfficialPackage("x", "1.0.0", ("4.0.1",), {}, BASE, resources, by_type, Path("x")), ())


FREE = profile("free", {"id": "Extension.value[x]"})
BOUND = profile("bound", {"id": "Extension.value[x]", "binding": {"valueSet": f"{SETS}letters|2.0"}})


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        ([], ""),
        (["free"], ""),
        (["bound"], f"{SETS}letters"),
        (["free", "gone", "bound"], f"{SETS}letters"),
    ],
)
def test_an_extension_is_bound_by_the_first_of_its_profiles_that_is(extensions: list[str], expected: str) -> None:
    types = [{"code": "Extension", "profile": [f"{BASE}{name}" for name in extensions]}]
    official = view(FREE, BOUND, profile("visit", {"id": "Visit.extension:source", "type": types}))
    assert official.binding(f"{BASE}visit", "Visit.extension:source") == expected
