"""The kinds of faults that can be chosen for an exercise, and those that are drawn of them."""

from __future__ import annotations

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.nearest import nearest
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.faults.table_cases import codes_of_values
from ldbu_desktop.training.fault_hunt import FaultChoice, FaultKind

MOST_FAULTS, LAST_NUMBER = 20, 9999
"""How many faults an export may have, and the last number that they can be drawn by."""


def fault_kinds() -> tuple[FaultKind, ...]:
    """The kinds of faults that can be chosen, in the order of the catalogue of messages."""
    can = frozenset(codes_of_values())
    return tuple(FaultKind(one.code, one.title, one.example) for one in finding_types().values() if one.code in can)


def drawn(choice: FaultChoice) -> tuple[str, ...]:
    """The kind of each fault: each kind comes once before one comes again.

    Raises :class:`~ldbu_desktop.faults.CallFault` for a kind that can't be chosen, none at all, and a count or number
    that is too small or too large.
    """
    known = [kind.code for kind in fault_kinds()]
    for code in choice.kinds:
        if code not in known:
            raise CallFault("hunt-kind-unknown", code=code, nearest=nearest(code, dict.fromkeys(known)) or known[0])
    kinds = [code for code in known if code in choice.kinds]
    if not (kinds and 0 < choice.total <= MOST_FAULTS and 0 < choice.number <= LAST_NUMBER):
        raise CallFault("hunt-unclear", most=MOST_FAULTS, last=LAST_NUMBER)
    codes: list[str] = []
    while len(codes) < choice.total:
        codes += sorted(kinds, key=lambda code: Dice(choice.number, "kind", len(codes), code).share())
    return tuple(codes[: choice.total])
