"""An example of a code of a check: a sample report with a change that gives it, checked as a file is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.checked_report import check_text
from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.engines import engine_for

FILE = resource("messages", "findings", "report_examples.json")


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One change of a report: what stands at a place is ``value`` then, or nothing."""

    at: tuple[str | int, ...]
    value: Any = None
    is_taken_away: bool = False


class ReportExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A sample report by its name, and how it is changed; ``text`` is what is written otherwise, and how."""

    report: str
    changes: tuple[Change, ...] = ()
    text: tuple[str, str] | None = None


@cache
def report_examples() -> dict[str, ReportExample]:
    """The examples by code, read once."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, ReportExample])


def encoded_examples(examples: Mapping[str, ReportExample]) -> bytes:
    """The text of the file of examples."""
    lines = (f" {json.dumps(code)}: {msgspec.json.encode(example).decode()}" for code, example in examples.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def found_in_example(code: str, standard: Standard) -> ConformanceFinding | None:
    """The finding that the example of a code gives; None where there is no example."""
    example = report_examples().get(code)
    if example is None:
        return None
    report = json.loads(resource("samples", "rapporter", example.report).read_bytes())
    for change in example.changes:
        _apply(report, change)
    text = json.dumps(report, ensure_ascii=False)
    text = text.replace(*example.text, 1) if example.text is not None else text
    verdict = check_text(engine_for(standard, None), BundleText("eksempel.json", text.encode())).verdict
    found = (one for one in (*verdict.errors, *verdict.others) if code in (one.code, one.key, one.rule))
    return next(found, None)


def change_lines(code: str) -> Sequence[tuple[str, str | None]]:
    """The places that the example of a code changes, as FHIRPath from ``Bundle``, with what stands there then.

    Where the text itself is written otherwise, the place is what is written so.
    """
    example = report_examples().get(code)
    if example is not None and example.text is not None:
        return [example.text]
    return [
        (_place(change.at), None if change.is_taken_away else cpr_masked(json.dumps(change.value, ensure_ascii=False)))
        for change in (example.changes if example is not None else ())
    ]


def _place(at: Sequence[str | int]) -> str:
    return "Bundle" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at)


def _apply(report: Any, change: Change) -> None:
    *way, last = change.at
    holder = report
    for step in way:
        holder = holder[step]
    if change.is_taken_away:
        del holder[last]
    elif isinstance(holder, list) and last == len(holder):
        holder.append(change.value)
    else:
        holder[last] = change.value
