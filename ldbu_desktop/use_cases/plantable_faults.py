"""Which faults can be planted in families that are made, and in which forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.nearest import nearest
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.faults.planting import not_planted, plantable
from ldbu_desktop.synthetic.files import EVERY_FAULT, SynthOptions


@dataclass(frozen=True, slots=True)
class PlantableFault:
    """A code with the forms that it can be planted in, or the reason why it can be in none."""

    code: str
    forms: tuple[str, ...] = ()
    reason: Text | None = None


def plantable_faults(standard: Standard) -> Iterator[PlantableFault]:
    """Every code in the order of the catalogue."""
    can, not_one = plantable(standard), not_planted()
    for code in finding_types():
        yield PlantableFault(code, can.get(code, ()), not_one.get(code))


def faults_to_plant(options: SynthOptions, standard: Standard) -> tuple[str, ...]:
    """The codes that are to be planted. Raises :class:`CallFault` for one that the form can't hold."""
    can = plantable(standard)
    if EVERY_FAULT in options.faults:
        return tuple(code for code, forms in can.items() if options.form in forms)
    for code in options.faults:
        if code not in finding_types():
            known = finding_types()
            raise CallFault("code-unknown", code=code, nearest=nearest(code, known) or next(iter(known)))
        if code not in can:
            raise CallFault("synth-fault-nowhere", code=code)
        if options.form not in can[code]:
            raise CallFault("synth-fault-form", code=code, form=can[code][0])
    return tuple(dict.fromkeys(options.faults))
