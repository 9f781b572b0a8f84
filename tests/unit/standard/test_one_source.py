"""Facts of the standard stand in its catalogue: no variable's id in the code, and a standard is handed in."""

from __future__ import annotations

import ast

from ldbu_desktop.standard.catalogue import shipped_standard
from tests.program_code import has_words, trees

NAMED_ONCE = {"journal/fields.py"}
"""Where the parts of the journal's records are named: they are attributes of it, as the module says."""

FACES = ("cli/", "ui/", "use_cases/standards.py", "standard/catalogue.py")
"""Where a standard is opened, and the door that it is opened by; everywhere else it is handed in."""


def test_no_variable_is_known_to_the_code_by_its_id() -> None:
    ids = shipped_standard().variable.keys()
    found = {
        (name, node.lineno, node.value)
        for name, module in trees(may_have=has_words(ids))
        if name not in NAMED_ONCE
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ids
    }
    assert not found


def test_a_standard_is_handed_in() -> None:
    found = {
        (name, node.lineno)
        for name, module in trees(may_have=has_words({"shipped_standard"}))
        if not name.startswith(FACES)
        for node in ast.walk(module)
        if isinstance(node, ast.Name | ast.Attribute)
        and "shipped_standard" in (getattr(node, "id", ""), getattr(node, "attr", ""))
    }
    assert not found
