"""The visit that is being filled: what is left, what has been spent, and what the last answer opened up.

Pure arithmetic over the fields that show. Nothing here keeps time, and nothing is about the person who fills.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ldbu_desktop.burden.estimate import Estimate
from ldbu_desktop.burden.model import NOTHING, Band, Need, VisitProgress
from ldbu_desktop.forms.visibility import Asked


def visit_progress(
    found: Estimate,
    shown: Iterable[Asked],
    answered: Collection[Asked],
    before: Collection[Asked] | None = None,
    factor: float = 1.0,
    measured: float | None = None,
) -> VisitProgress:
    """Where a visit stands whose form shows ``shown``, of which ``answered`` are; ``before`` showed one answer ago.

    ``factor`` is the user's own, from calibration. A field that the estimate does not know costs nothing.
    """
    shown = tuple(dict.fromkeys(shown))
    needs = field_needs(found)
    optional = {field.id for field in found.form.fields if field.optional}
    open_ = [each for each in shown if each not in answered]
    left = [each for each in open_ if each.field not in optional]
    opened = tuple(each for each in shown if before is not None and each not in before)

    def seconds(asked: Iterable[Asked]) -> Band:
        return sum((found.fields.get(each.field, NOTHING) for each in asked), start=NOTHING) * factor

    return VisitProgress(
        left=seconds(left),
        left_fields=len(left),
        required_fields=sum(needs.get(each.field) is Need.REQUIRED for each in left),
        optional_left=seconds(each for each in open_ if each.field in optional),
        spent=seconds(each for each in shown if each in answered),
        opened=seconds(opened),
        opened_fields=opened,
        measured=measured,
    )


def field_needs(found: Estimate) -> Mapping[str, Need]:
    """Who asks for each field that is counted, by its id: what is avoidable of it aside."""
    return {part.field: part.need for part in found.parts if part.need is not Need.AVOIDABLE}
