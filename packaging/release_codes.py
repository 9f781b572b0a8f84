"""The codes of findings that came since the last release, named under the version that is released.

``python packaging/release_codes.py`` names in resources/messages/code_versions.json every code that no version has yet
under the version of the program; with ``--check`` nothing is written, and the exit code is 1 where there are any, so
that no release leaves a vendor to guess since when there is a code.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ldbu_desktop import __version__
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.code_versions import NEXT, read_code_versions


def unnamed(path: Path) -> list[str]:
    """The codes that no version in a file has, sorted."""
    versions = read_code_versions(path)
    return sorted(code for code in finding_types() if versions.since_when(code) == NEXT)


def name_codes(path: Path, version: str) -> int:
    """Name them under a version; how many they were."""
    codes = unnamed(path)
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    told["since"][version] = sorted({*told["since"].get(version, ()), *codes})
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(codes)


def main() -> int:
    """Name them, or tell those that are not named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    path = resource("messages", "code_versions.json")
    if not parser.parse_args().check:
        sys.stdout.write(f"{name_codes(path, __version__)} -> {__version__}\n")
        return 0
    codes = unnamed(path)
    sys.stderr.writelines(f"{code}\n" for code in codes)
    return 1 if codes else 0


if __name__ == "__main__":
    sys.exit(main())
