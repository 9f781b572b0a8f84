"""The forms there are, and form files that were checked: in lines for people, or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.coverage import Lack
from ldbu_desktop.forms.library import CheckedForm
from ldbu_desktop.forms.model import Form
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.standard.model import Standard

FormsDocument = dict[str, Any]
"""A part of a document as JSON has it."""


def forms_lines(forms: tuple[Form, ...], faults: tuple[FileFault, ...]) -> Iterator[str]:
    """The forms by what they are for, and what does not fit in form files."""
    yield tr("Til kontakter")
    yield from _named(forms, lambda form: bool(form.visits))
    yield ""
    yield tr("Til spørgeskemaer")
    yield from _named(forms, lambda form: bool(form.questionnaire))
    yield from _fault_lines(faults)


def forms_document(forms: tuple[Form, ...], faults: tuple[FileFault, ...]) -> FormsDocument:
    """The same for machines."""
    return {"forms": list(map(_form_facts, forms)), "faults": list(map(_fault_facts, faults))}


def checked_lines(checked: Sequence[CheckedForm], standard: Standard) -> Iterator[str]:
    """Each form file, what is wrong in it or what its visits lack, and how many there were."""
    for each in checked:
        yield from _checked_lines(each, standard)
    yield tr("Kontrolleret: {files}. Med fejl: {faulty}.", files=len(checked), faulty=_faulty(checked))


def checked_document(checked: Sequence[CheckedForm], standard: Standard) -> FormsDocument:
    """The same for machines."""
    counts = {"files": len(checked), "faulty": _faulty(checked)}
    return {"files": [_checked_facts(each, standard) for each in checked], "counts": counts}


def _faulty(checked: Sequence[CheckedForm]) -> int:
    return sum(bool(each.faults) for each in checked)


def _named(forms: tuple[Form, ...], belongs: Callable[[Form], bool]) -> Iterator[str]:
    shown = [form for form in forms if belongs(form)]
    width = max(len(form.id) for form in shown)
    for form in shown:
        own = f"  ({tr('egen: {file}', file=form.source)})" if form.is_own else ""
        yield f"  {form.id:<{width}}  {form.title[chosen()]} · {_extent(form)}{own}"


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
