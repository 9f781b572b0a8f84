"""``ldbu forms``: the forms there are, and whether a form file is right."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ldbu_desktop.cli.console import say
from ldbu_desktop.cli.output import add_text_or_json
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import tr

EXAMPLE = "ldbu forms list\n  ldbu forms check mine-skemaer"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis skemaerne til kontakter og spørgeskemaer, eller kontrollér en skemafil.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument(
        "action",
        choices=("list", "check"),
        metavar=tr("HANDLING"),
        help=tr("list: vis skemaerne, også dem i en mappe, der angives; check: kontrollér filer eller mapper"),
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar=tr("FIL"), help=tr("en skemafil (.yaml) eller en mappe"))
    add_text_or_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """List or check; the exit code is 1 where a form file has a fault."""
    is_json = arguments.format == "json"
    if arguments.action == "list":
        if len(arguments.paths) > 1:
            raise CallFault("call-unclear", why=tr("list tager højst én mappe"), help="ldbu forms --help")
        return _list(next(iter(arguments.paths), None), is_json=is_json)
    if not arguments.paths:
        raise CallFault("call-unclear", why=tr("check skal have en fil eller en mappe"), help="ldbu forms --help")
    return _check(arguments.paths, is_json=is_json)


def _list(folder: Path | None, *, is_json: bool) -> int:
    from ldbu_desktop.rendering.visit_forms import forms_document, forms_lines
    from ldbu_desktop.use_cases.forms import forms
    from ldbu_desktop.use_cases.standards import shipped_standard

    found = forms(folder, shipped_standard())
    faults = (*found.shipped.faults, *found.faults)
    if is_json:
        _tell_json(forms_document(found.all, faults))
    else:
        for line in forms_lines(found.all, faults):
            say(line)
    return Exit.REJECTED if faults else Exit.CLEAN


def _check(paths: list[Path], *, is_json: bool) -> int:
    from ldbu_desktop.rendering.visit_forms import checked_document, checked_lines
    from ldbu_desktop.use_cases.forms import check_forms
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    checked = [each for path in paths for each in check_forms(path, standard)]
    if is_json:
        _tell_json(checked_document(checked, standard))
    else:
        for line in checked_lines(checked, standard):
            say(line)
    return Exit.REJECTED if any(each.faults for each in checked) else Exit.CLEAN


def _tell_json(document: dict[str, Any]) -> None:
    from ldbu_desktop.rendering.machine import encoded_lines

    say(encoded_lines(document))
