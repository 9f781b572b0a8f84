"""What the example of a code of a check gives, checked as a file is."""

from __future__ import annotations

from ldbu_desktop.conformance.checked_report import check_text
from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.findings.report_examples import example_report, report_examples
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.engines import engine_for


def found_in_example(code: str, standard: Standard) -> ConformanceFinding | None:
    """The finding that the example of a code gives; None where there is no example."""
    if code not in report_examples():
        return None
    return next((one for one in _found(code, standard) if _is_told(code, one)), None)


def found_beside(code: str, standard: Standard) -> tuple[str, ...]:
    """What else is found in the example of a code: official rules by their own key, all else by our code."""
    others = (one for one in _found(code, standard) if not _is_told(code, one))
    return tuple(sorted({one.rule or one.code for one in others}))


def _found(code: str, standard: Standard) -> tuple[ConformanceFinding, ...]:
    text = BundleText("eksempel.json", example_report(code).encode())
    verdict = check_text(engine_for(standard, None), text).verdict
    return (*verdict.errors, *verdict.others)


def _is_told(code: str, finding: ConformanceFinding) -> bool:
    return code in (finding.code, finding.key, finding.rule)
