"""What is found in files and where, so that the same files can be compared after something was done to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.load import load_by_maps
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation, no_progress

FoundPlace = tuple[str, str, int, int, str]
"""What a finding is and where: its code, the file it is written to, row or line, column, path."""

_QUOTED = re.compile(r"'[^']*'")
"""An address in a path, which is another one afterwards."""


def found_in(
    paths: Sequence[Path],
    standard: Standard,
    today: date,
    maps: Sequence[Path],
    cancellation: Cancellation,
    names: Mapping[str, str],
) -> Counter[FoundPlace]:
    """What is found in files, each finding with its place; ``names`` says what a file is called afterwards."""
    try:
        journal = load_by_maps(paths, maps, standard, no_progress, cancellation)
    except FileFault as fault:
        return Counter([(fault.key, "", 0, 0, "")])
    findings = validate(journal, standard, today, no_progress, cancellation)
    return Counter(_place(one, names) for one in findings.all)


def _place(finding: Finding, names: Mapping[str, str]) -> FoundPlace:
    origin = finding.location.origin
    column = finding.location.column if origin.row else 0
    return finding.code, names.get(origin.file, origin.file), origin.row, column, _QUOTED.sub("''", origin.path)


def codes_of(found: Counter[FoundPlace]) -> Counter[str]:
    """How many of each code."""
    codes: Counter[str] = Counter()
    for (code, *_), number in found.items():
        codes[code] += number
    return codes
