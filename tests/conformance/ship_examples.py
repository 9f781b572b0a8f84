"""Writes the examples of ``ldbu explain``: for each code of a check the smallest change of a sample that gives it.

usage: python -m tests.conformance.ship_examples

Every part of every sample is taken away, every type's edges are put in, and the changes that the engine is tried with
are made, until all that can be found has been. Examples that are a text written otherwise are made by hand, and kept.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.checked_report import check_text
from ldbu_desktop.findings.report_examples import FILE, Change, ReportExample, encoded_examples, report_examples
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import definitions_of
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.meanings import codes
from ldbu_desktop.use_cases.report_examples import found_beside
from tests.conformance.mutations import Mutator
from tests.conformance.type_variants import TypeVariants
from tests.conformance.values import Json, as_text

_MOST_CHANGES = 2
_LARGEST = 400
"""Letters of a change: a longer one shows nothing."""
_VARIANTS = 1500


def changes(before: Any, after: Any, path: tuple[str | int, ...] = ()) -> Iterator[Change]:
    """What is different, as changes of the first."""
    if type(before) is not type(after):
        yield Change(path, after)
    elif isinstance(before, dict):
        for key in before.keys() - after.keys():
            yield Change((*path, key), is_taken_away=True)
        for key, value in after.items():
            yield from changes(before[key], value, (*path, key)) if key in before else (Change((*path, key), value),)
    elif isinstance(before, list):
        yield from _of_lists(before, after, path)
    elif before != after:
        yield Change(path, after)


def _of_lists(before: list[Any], after: list[Any], path: tuple[str | int, ...]) -> Iterator[Change]:
    if len(after) == len(before):
        for at, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from changes(one, other, (*path, at))
        return
    gone = next((at for at in range(len(before)) if before[:at] + before[at + 1 :] == after), None)
    if gone is not None:
        yield Change((*path, gone), is_taken_away=True)
    elif after[:-1] == before:
        yield Change((*path, len(before)), after[-1])
    else:
        yield Change(path, after)


def without_each_part(report: Json) -> Iterator[bytes]:
    """The report without each of its parts in turn."""
    waiting: list[tuple[Any, ...]] = [()]
    while waiting:
        path = waiting.pop()
        changed = copy.deepcopy(report)
        holder = changed
        for step in path[:-1]:
            holder = holder[step]
        here = holder[path[-1]] if path else changed
        items = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
        waiting += [(*path, key) for key, _ in items]
        if path:
            del holder[path[-1]]
            yield as_text(changed)


def main() -> None:
    """Find the examples, and write them."""
    standard = shipped_standard()
    definitions, engine, wanted = definitions_of(standard), engine_for(standard, None), set(codes())
    best: dict[str, tuple[int, ReportExample]] = {}
    for file in sorted(
        resource("samples", "rapporter").glob("*.json"), key=lambda each: Path(str(each)).stat().st_size
    ):
        report = json.loads(file.read_bytes())
        types = TypeVariants(definitions, [report], 1)
        sources: tuple[Iterator[Any], ...] = (
            types.edges(),
            types.variants(_VARIANTS),
            types.defined(_VARIANTS // 3),
            Mutator(definitions, [report], 1).variants(_VARIANTS * 2),
        )
        for text in (*without_each_part(report), *(variant.text for source in sources for variant in source)):
            checked = check_text(engine, BundleText("eksempel.json", text))
            found = [*checked.verdict.errors, *checked.verdict.others] if checked.fault is None else []
            try:
                made = tuple(changes(report, json.loads(text))) if found else ()
            except (ValueError, RecursionError):
                continue
            size = sum(len(json.dumps(change.value, ensure_ascii=False)) + len(change.at) * 4 for change in made)
            if not 0 < len(made) <= _MOST_CHANGES or size > _LARGEST:
                continue
            weight = len(made) * 1000 + size + 30 * len(found)
            for code in {name for one in found for name in (one.code, one.key, one.rule)} & wanted:
                if code not in best or weight < best[code][0]:
                    best[code] = weight, ReportExample(file.name, made)
        sys.stdout.write(f"{file.name}: {len(best)} of {len(wanted)}\n")
        sys.stdout.flush()
    by_hand = {code: example for code, example in report_examples().items() if example.text is not None}
    found_now = {code: example for code, (_, example) in best.items()}
    FILE.write_bytes(encoded_examples(dict(sorted((by_hand | found_now).items()))))
    report_examples.cache_clear()
    told = {code: replace(one, also=found_beside(code, standard)) for code, one in report_examples().items()}
    FILE.write_bytes(encoded_examples(told))


if __name__ == "__main__":
    main()
