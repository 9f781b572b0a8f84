"""``ldbu forms``: the forms there are, and whether a form file is right."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ldbu_desktop.cli.console import say
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import chosen, tr

if TYPE_CHECKING:
    from ldbu_desktop.faults import FileFault
    from ldbu_desktop.forms.coverage import Lack
    from ldbu_desktop.forms.model import Form
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.use_cases.forms import CheckedForm

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
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=tr("text til mennesker (forvalgt), json til maskiner"),
    )


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
    from ldbu_desktop.use_cases.forms import forms
    from ldbu_desktop.use_cases.standards import shipped_standard

    found = forms(folder, shipped_standard())
    faults = (*found.shipped.faults, *found.faults)
    if is_json:
        _tell_json({"forms": list(map(_form_facts, found.all)), "faults": list(map(_fault_facts, faults))})
    else:
        _tell_forms(tr("Til kontakter"), found.all, lambda form: bool(form.visits))
        say("")
        _tell_forms(tr("Til spørgeskemaer"), found.all, lambda form: bool(form.questionnaire))
        for line in _fault_lines(faults):
            say(line)
    return Exit.REJECTED if faults else Exit.CLEAN


def _check(paths: list[Path], *, is_json: bool) -> int:
    from ldbu_desktop.use_cases.forms import check_forms
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    checked = [each for path in paths for each in check_forms(path, standard)]
    faulty = sum(bool(each.faults) for each in checked)
    if is_json:
        counts = {"files": len(checked), "faulty": faulty}
        _tell_json({"files": [_checked_facts(each, standard) for each in checked], "counts": counts})
    else:
        for each in checked:
            for line in _checked_lines(each, standard):
                say(line)
        say(tr("Kontrolleret: {files}. Med fejl: {faulty}.", files=len(checked), faulty=faulty))
    return Exit.REJECTED if faulty else Exit.CLEAN


def _tell_json(document: dict[str, Any]) -> None:
    say(json.dumps(document, ensure_ascii=False, indent=1))


def _tell_forms(heading: str, forms: tuple[Form, ...], belongs: Callable[[Form], bool]) -> None:
    say(heading)
    shown = [form for form in forms if belongs(form)]
    width = max(len(form.id) for form in shown)
    for form in shown:
        own = f"  ({tr('egen: {file}', file=form.source)})" if form.is_own else ""
        say(f"  {form.id:<{width}}  {form.title[chosen()]} · {_extent(form)}{own}")


def _extent(form: Form) -> str:
    optional = sum(field.optional for field in form.fields)
    number = len(form.fields) - optional
    told = tr("{number, plural, one {# felt} other {# felter}}", number=number)
    return told + (tr(" og {number, plural, one {# valgfri} other {# valgfri}}", number=optional) if optional else "")


def _checked_lines(checked: CheckedForm, standard: Standard) -> Iterator[str]:
    if checked.form is None:
        yield from _fault_lines(checked.faults)
        return
    yield f"✔ {checked.file}: {checked.form.title[chosen()]} · {_extent(checked.form)}"
    # Two of the gateway's rules may test the same code: people need be told once.
    for told in dict.fromkeys(_lack_text(lack, standard) for lack in checked.lacks):
        yield f"  ▲ {told}"


def _fault_lines(faults: tuple[FileFault, ...]) -> Iterator[str]:
    for fault in faults:
        yield f"✖ {_told(fault)}"


def _told(fault: FileFault) -> str:
    from ldbu_desktop.rendering.faults import fault_text

    return fault_text(fault, chosen())


def _lack_text(lack: Lack, standard: Standard) -> str:
    words = tr(" eller ").join(standard.variable[each].label[chosen()] for each in lack.variables)
    visit = next(each.label[chosen()] for each in standard.visit_types if each.id == lack.visit)
    if lack.invariant:
        return tr("{visit}: intet felt til {variable}. Gatewayen afviser kontakten uden.", visit=visit, variable=words)
    return tr("{visit}: intet felt til {variable}. Vejledningens tabel beder om det.", visit=visit, variable=words)


def _form_facts(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.title[chosen()],
        "visits": form.visits,
        "questionnaire": form.questionnaire,
        "version": form.version,
        "file": form.source,
        "own": form.is_own,
        "fields": len(form.fields),
        "optional": sum(field.optional for field in form.fields),
    }


def _fault_facts(fault: FileFault) -> dict[str, Any]:
    facts = {name: fault.facts.get(name) for name in ("file", "line")}
    return {"code": fault.key, **facts, "message": _told(fault)}


def _checked_facts(checked: CheckedForm, standard: Standard) -> dict[str, Any]:
    lacks = [{**lack._asdict(), "message": _lack_text(lack, standard)} for lack in checked.lacks]
    return {
        "file": checked.file,
        "form": _form_facts(checked.form) if checked.form is not None else None,
        "faults": list(map(_fault_facts, checked.faults)),
        "lacks": lacks,
    }
