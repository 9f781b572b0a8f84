"""Invariants that have no native function: FHIRPath, evaluated only for official packages that bring new ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ldbu_desktop.conformance.primitives import text_of
from ldbu_desktop.conformance.problems import Run
from ldbu_desktop.json_text import Written

if TYPE_CHECKING:
    from ldbu_desktop.conformance.checker import Checker


def evaluate(checker: Checker, expression: str, value: Any, run: Run) -> bool:
    """Whether the expression is true of ``value``; nothing, or an expression that can't be evaluated, is not."""
    return False
