"""An example of a code of a check: a sample report with a change that gives it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal.mask import cpr_masked

FILE = resource("messages", "findings", "report_examples.json")


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One change of a report: what stands at a place is ``value`` then, or nothing."""

    at: tuple[str | int, ...]
    value: Any = None
    is_taken_away: bool = False


class ReportExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A sample report by its name, and how it is changed; ``text`` is what is written otherwise, and how.

    ``also`` are the codes and rules that can't be kept away from it: what is told of the same report beside it.
    """

    report: str
    changes: tuple[Change, ...] = ()
    text: tuple[str, str] | None = None
    also: tuple[str, ...] = ()


@cache
def report_examples() -> dict[str, ReportExample]:
    """The examples by code, read once."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, ReportExample])


def encoded_examples(examples: Mapping[str, ReportExample]) -> bytes:
    """The text of the file of examples."""
    lines = (f" {json.dumps(code)}: {msgspec.json.encode(example).decode()}" for code, example in examples.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def example_report(code: str) -> str:
    """The text of the sample report that is changed so that it gives ``code``, for which there must be an example."""
    example = report_examples()[code]
    report = clean_report(example)
    for change in example.changes:
        _apply(report, change)
    text = json.dumps(report, ensure_ascii=False)
    return text.replace(*example.text, 1) if example.text is not None else text


def clean_report(example: ReportExample) -> dict[str, Any]:
    """The sample report of an example as it is before it is changed."""
    report: dict[str, Any] = json.loads(resource("samples", "rapporter", example.report).read_bytes())
    return report


def change_lines(code: str) -> Sequence[tuple[str, str | None]]:
    """The places that the example of a code changes, as FHIRPath from ``Bundle``, with what stands there then.

    Where the text itself is written otherwise, the place is what is written so.
    """
    example = report_examples().get(code)
    if example is not None and example.text is not None:
        return [example.text]
    return [
        (
            fhir_path(change.at),
            None if change.is_taken_away else cpr_masked(json.dumps(change.value, ensure_ascii=False)),
        )
        for change in (example.changes if example is not None else ())
    ]


def fhir_path(at: Sequence[str | int]) -> str:
    """A place in a report as FHIRPath."""
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
