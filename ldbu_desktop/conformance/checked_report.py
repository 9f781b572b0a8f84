"""One delivery report checked against the standard: its verdict, or why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.model import CheckedReport, ConformanceFinding, Verdict
from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.json_text import JsonText
from ldbu_desktop.sources.found import BundleText


def check_text(engine: Engine, text: BundleText) -> CheckedReport:
    """The verdict on one report; whatever goes wrong on it is told as a fault of that report alone."""
    return unread(text) if text.fault is not None else _checked(text, lambda: engine.check(text.data), sha256_of(text))


def check_made(engine: Engine, text: BundleText, value: Any) -> CheckedReport:
    """The verdict on a report of ours, whose text was just made of ``value`` and need not be read; without its hash."""
    return _checked(text, lambda: engine.verdict(JsonText(value), text.data, with_ours=False))


def _checked(text: BundleText, check: Callable[[], Verdict], known: str = "") -> CheckedReport:
    file = name_of(text)
    try:
        verdict = check()
    except MemoryError:
        return CheckedReport(file, Verdict(), FileFault("check-too-large", file=file), known)
    except Exception as error:  # a fault of ours on one report must not lose the others
        return CheckedReport(file, Verdict(), Fault("check-failed", file=file, why=_place(error)), known)
    return CheckedReport(file, moved_down(verdict, text.line - 1), sha256=known)


def unread(text: BundleText) -> CheckedReport:
    """What is told of a text without data."""
    return CheckedReport(name_of(text), Verdict(), text.fault, left=text.left)


def name_of(text: BundleText) -> str:
    """The file's name, with the report's number within it where it has one a line."""
    return text.file if text.ordinal == 1 else f"{text.file}#{text.ordinal}"


def sha256_of(text: BundleText) -> str:
    """What tells a report's text from all others, whatever its file is called."""
    return hashlib.sha256(text.data).hexdigest()


def moved_down(verdict: Verdict, lines: int) -> Verdict:
    """The verdict on a report that begins so many lines into its file."""
    if not lines:
        return verdict

    def moved(errors: tuple[ConformanceFinding, ...]) -> tuple[ConformanceFinding, ...]:
        return tuple(one.moved(one.line + lines, one.column or 1) if one.line else one for one in errors)

    return Verdict(moved(verdict.errors), moved(verdict.others))


def _place(error: Exception) -> str:
    """What kind of fault it is and where in the program; never its words, which may hold what the report says."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last is not None else ""
    return f"{type(error).__name__} {where}".strip()
