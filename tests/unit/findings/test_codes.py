"""No code of a finding is known by name but where it is given: what is true of a code stands with its texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ldbu_desktop.findings.catalogue import finding_types, types_by_level
from ldbu_desktop.findings.model import Level
from tests.program_code import has_words, tree_of, trees

GIVEN_IN = ("findings/checks", "conformance")
"""Where codes are given. There a code may stand in the pair that is returned, or be one of two that are chosen."""

CHOSEN: tuple[type[ast.AST], ...] = (ast.Set, ast.Compare, ast.List, ast.MatchValue)


FAULTS_OF_TEXTS = "kind"
"""What a fault of a JSON text is called, which is not ours: by that name it may be asked for."""


def known_by_name(tree: ast.Module, codes: frozenset[str], *, is_giver: bool) -> Iterator[tuple[int, str]]:
    """The lines and codes where a tree compares with codes or keeps a collection of them."""
    for node in ast.walk(tree):
        held: list[ast.expr | None] = []
        if isinstance(node, ast.Compare) and ast.unparse(node.left).endswith(FAULTS_OF_TEXTS):
            continue
        if isinstance(node, CHOSEN) or (isinstance(node, ast.Tuple) and not is_giver):
            held = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
        elif isinstance(node, ast.Dict):
            held = [*node.keys]
        for one in held:
            if isinstance(one, ast.Constant) and one.value in codes:
                yield one.lineno, str(one.value)


RULES = {one.code for one in types_by_level()[Level.RULE]}


def test_no_code_is_known_by_name_elsewhere() -> None:
    # An official rule, and a code of one word, can't be told from other words.
    codes = frozenset(code for code in set(finding_types()) - RULES if "-" in code)
    found = [
        (path, line, code)
        for path, tree in trees(may_have=has_words(codes))
        for line, code in known_by_name(tree, codes, is_giver=path.startswith(GIVEN_IN))
    ]
    assert found == []


def test_the_search_sees_what_it_looks_for() -> None:
    tree = tree_of(
        'A = frozenset(("x", "b"))\nB = {"x": 1}\nC = ["x"]\nif code == "x" or code in {"x"}:\n    give("x")\n'
    )
    codes = frozenset({"x"})
    assert [line for line, _ in sorted(known_by_name(tree, codes, is_giver=False))] == [1, 2, 3, 4, 4]
    assert [line for line, _ in sorted(known_by_name(tree, codes, is_giver=True))] == [2, 3, 4, 4]
