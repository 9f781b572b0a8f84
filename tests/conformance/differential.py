"""Makes variants of reports, has both judge them, us and the official validator, and lists where the two differ.

usage: python -m tests.conformance.differential COMMAND FOLDER BASES... [--kind K] [--count N] [--seed N]
       [--version V --package P]

COMMAND is that of the official validator (``COMMAND OUT.jsonl [--version V] FOLDER``), FOLDER where the variants and
its verdicts go, BASES folders with valid reports. With a package ours is that package's version of the standard.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.profiles.package_facts import definitions_at
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import Definitions, definitions_of
from tests.conformance.comparison import Comparison, compared
from tests.conformance.mutations import Mutator, Variant
from tests.conformance.type_variants import TypeVariants
from tests.unit.conformance.made import REPORT

_LISTED = 60


def write_variants(
    definitions: Definitions, bases: Sequence[Path], folder: Path, count: int, seed: int, kind: str
) -> None:
    """Write ``count`` variants of a kind of the reports in ``bases``; of edges there are as many as there are."""
    files = [file for base in bases for file in sorted(base.rglob("*.json"))]
    reports = [json.loads(file.read_bytes()) for file in files]
    types = TypeVariants(definitions, reports, seed)
    makers: dict[str, Callable[[], Iterator[Variant]]] = {
        "changes": lambda: Mutator(definitions, reports, seed).variants(count),
        "types": lambda: types.variants(count),
        "extensions": lambda: types.defined(count),
        "edges": types.edges,
    }
    folder.mkdir(parents=True)
    for number, variant in enumerate(makers[kind]()):
        (folder / f"{number:05d}.json").write_bytes(variant.text)


def official_rows(command: Path, folder: Path, version: str) -> list[dict[str, Any]]:
    """What the official validator says of the variants."""
    told = folder.with_suffix(".jsonl")
    options = ["--version", version] if version else []
    subprocess.run([command, told, *options, folder], check=True, stdout=subprocess.DEVNULL)
    return [json.loads(line) for line in told.read_text(encoding="utf-8").split("\n") if line]


def print_difference(name: str, one: Comparison, official: dict[str, Any], ours: Sequence[Any]) -> None:
    """A variant on which the two differ, with what each said."""
    kind = "places" if one.is_equal else f"official {'valid' if official['valid'] else 'invalid'}"
    print(f"{name}  {kind}  missing {one.missing}  extra {one.extra}")
    for told in official["errors"][:3]:
        print(f"    official {told['id']} at {told['at']}: {told['text'][:160]}")
    for own in ours[:3]:
        print(f"    ours     {own.key} at {own.at}")


def main(words: Sequence[str]) -> None:
    """Make, judge, compare, and print figures and differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("bases", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=("changes", "types", "extensions", "edges"), default="changes")
    parser.add_argument("--version", default="")
    parser.add_argument("--package", type=Path)
    given = parser.parse_args(words)
    definitions = definitions_at(given.package, REPORT) if given.package else definitions_of(shipped_standard())
    if not given.folder.exists():
        write_variants(definitions, given.bases, given.folder, given.count, given.seed, given.kind)
    rows = official_rows(given.command, given.folder, given.version)
    engine = Engine(definitions, shipped_standard())
    counts: Counter[str] = Counter()
    listed = 0
    for row in rows:
        verdict = engine.check((given.folder / row["file"]).read_bytes())
        one = compared(verdict, row)
        counts.update(equal=one.is_equal, invalid=one.is_invalid, complete=one.is_invalid and not one.missing)
        counts.update(quiet=one.is_invalid and not one.extra)
        if (not one.is_equal or one.missing or one.extra) and (listed := listed + 1) <= _LISTED:
            print_difference(row["file"], one, row, verdict.errors)
    print(f"{len(rows)} variants: {counts['equal']} equal verdicts; of {counts['invalid']} invalid ones")
    print(f"{counts['complete']} with all places found, {counts['quiet']} with nothing extra")


if __name__ == "__main__":
    main(sys.argv[1:])
