"""What README promises the data-protection officer: each sentence names a test, and that test is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
HEADING = "## Persondata, for den databeskyttelsesansvarlige"
SENTENCE = re.compile(r"- (?P<said>[^`]+(?:`[^`]+`[^`]+)*)\. `(?P<file>tests/[\w/]+\.py)::(?P<test>test_\w+)`")


def promised() -> list[str]:
    """The lines of the section that promise something: all but its headings and its first line."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    _, _, section = readme.partition(f"{HEADING}\n")
    lines = [line for line in section.partition("\n## ")[0].splitlines() if line and not line.startswith("#")]
    return lines[1:]


def test_there_are_promises() -> None:
    assert len(promised()) > 20


@pytest.mark.parametrize("line", promised())
def test_a_promise_names_a_test_that_is_there(line: str) -> None:
    found = SENTENCE.fullmatch(line)
    assert found is not None, "a sentence, and the test that holds it"
    assert ". " not in found["said"], "one sentence a line"
    tree = ast.parse((PROJECT / found["file"]).read_text(encoding="utf-8"))
    (named,) = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == found["test"])
    assert any(isinstance(node, ast.Assert | ast.With) for node in ast.walk(named)), "a test that can fail"
    skipped = {"skip", "xfail"} & {
        node.attr for one in named.decorator_list for node in ast.walk(one) if isinstance(node, ast.Attribute)
    }
    assert not skipped
