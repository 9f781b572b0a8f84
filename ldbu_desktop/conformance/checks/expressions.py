"""Invariants that have no native function: FHIRPath, evaluated only for official packages that bring new ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from ldbu_desktop.conformance.checks.expression_bounds import bound_steps, exchanged, joined, variables, within
from ldbu_desktop.conformance.checks.patterns import replaced, searched
from ldbu_desktop.conformance.checks.references import entries_in
from ldbu_desktop.conformance.checks.run import ProfileChecker, Run
from ldbu_desktop.conformance.profiles.terminology import Terminology
from ldbu_desktop.json_text import Written

_LONGEST: Final = 8_000
_OWN_VALUE: Final = re.compile(r"(?<![.\w%])value\b")


def evaluate(checker: ProfileChecker, expression: str, value: Any, run: Run) -> bool | None:
    """Whether the expression is true of ``value``; nothing is not true. None where it can't be evaluated here."""
    compiled = _compiled(expression)
    if compiled is None:
        return None
    options = {"userInvocationTable": _functions(checker, run), "traceFn": lambda *_: None}
    context = variables(_plain_resource(run.scope.resource, run), _plain_resource(run.root, run), run.patience)
    try:
        with run.patience:
            found = compiled(_focus(value, expression), context, options)
    except Exception:  # the evaluator raises errors of every kind for what it does not know
        return None
    return bool(found) and found[0] is not False and found[0] is not None


def can_evaluate(expression: str) -> bool:
    """Whether the expression is one that the evaluator can read."""
    return _compiled(expression) is not None


_Compiled = Callable[[Any, Mapping[str, Any], Mapping[str, Any]], list[Any]]


@cache
def _evaluator() -> Callable[..., Any]:
    """The evaluator, made ready once: it takes long to import and is rarely needed."""
    from fhirpathpy import apply_parsed_path

    bound_steps()
    return apply_parsed_path


@cache
def _compiled(expression: str) -> _Compiled | None:
    """The expression ready for evaluation; None for one that is too long or wrong."""
    if len(expression) > _LONGEST:
        return None
    apply_parsed_path = _evaluator()
    from fhirpathpy.models import models
    from fhirpathpy.parser import parse

    try:
        parsed = parse(expression)  # type: ignore[no-untyped-call]
    except Exception:  # as above
        return None

    def evaluated(value: Any, context: Mapping[str, Any], options: Mapping[str, Any]) -> list[Any]:
        found = apply_parsed_path(value, parsed, dict(context), models["r4"], dict(options))
        return list(found) if isinstance(found, list) else [found]

    return evaluated


def _functions(checker: ProfileChecker, run: Run) -> dict[str, Any]:
    def conforms_to(items: list[Any], url: str) -> bool:
        return all(_conforms(checker, _data(item), url, run) for item in items)

    def has_value(items: list[Any]) -> bool:
        return len(items) == 1 and not isinstance(_data(items[0]), (dict, list)) and _data(items[0]) is not None

    def member_of(items: list[Any], url: str) -> bool:
        return all(_is_member(checker.profiles.terminology, _data(item), url) for item in items)

    def resolve(items: list[Any]) -> list[Any]:
        found = [_resolved(_data(item), run) for item in items]
        return [one for one in found if one is not None]

    def matches(items: list[Any], pattern: Any) -> list[bool]:
        return [searched(pattern, *items) is not None] if pattern else []

    def replace_matches(items: list[Any], pattern: Any, by: Any) -> list[str]:
        return [replaced(pattern, by, *items)] if isinstance(pattern, str) and isinstance(by, str) else []

    def repeat(items: list[Any], step: Callable[[Any], list[Any]]) -> list[Any]:
        found: list[Any] = []
        waiting = list(items)
        while waiting:
            new = [one for one in map(_data, step(waiting.pop(0))) if one not in found]
            found.extend(new)
            waiting.extend(new)
            within(found)
        return found

    def replace(items: list[Any], old: Any, new: Any) -> list[str]:
        (text,) = items
        return [exchanged(text, old, new)] if isinstance(old, str) and isinstance(new, str) else []

    def join(items: list[Any], between: str = "") -> list[str]:
        return [joined(items, between)]

    one_text = {1: ["String"]}
    return {
        "conformsTo": {"fn": conforms_to, "arity": one_text},
        "hasValue": {"fn": has_value, "arity": {0: []}},
        "memberOf": {"fn": member_of, "arity": one_text},
        "resolve": {"fn": resolve, "arity": {0: []}},
        "htmlChecks": {"fn": lambda _: True, "arity": {0: []}},
        "matches": {"fn": matches, "arity": one_text, "nullable_input": True},
        "replaceMatches": {"fn": replace_matches, "arity": {2: ["String", "String"]}, "nullable_input": True},
        "repeat": {"fn": repeat, "arity": {1: ["Expr"]}},
        "replace": {"fn": replace, "arity": {2: ["String", "String"]}, "nullable_input": True},
        "join": {"fn": join, "arity": {0: [], 1: ["String"]}, "nullable_input": True},
    }


def _data(item: Any) -> Any:
    return getattr(item, "data", item)


def _conforms(checker: ProfileChecker, value: Any, url: str, run: Run) -> bool:
    tree = checker.profiles.trees.tree(url)
    if tree is None or not isinstance(value, dict) or value.get("resourceType") != tree.profile.type:
        return False
    trial = run.aside()
    place = run.scope.resource_place
    if place is None:
        return False
    checker.check_profile(tree, value, place, trial)
    return not trial.errors


def _is_member(terminology: Terminology, value: Any, url: str) -> bool:
    if isinstance(value, str):
        return terminology.in_value_set(url, "", value, is_inferred=True).is_ok
    if not isinstance(value, dict):
        return False
    codings = value.get("coding", [value])
    return any(terminology.in_value_set(url, one.get("system", ""), one.get("code", "")).is_ok for one in codings)


def _resolved(value: Any, run: Run) -> Any:
    reference = value.get("reference") if isinstance(value, dict) else value
    bundle = run.root
    if not isinstance(reference, str) or bundle.get("resourceType") != "Bundle":
        return None
    entries = entries_in(bundle, run)
    for url, numbers in entries.numbers.items():
        if url == reference or url.endswith(f"/{reference}"):
            return _plain(entries.held[numbers[0]].get("resource"))
    return None


def _focus(value: Any, expression: str) -> Any:
    """What the expression starts from; a primitive that is asked for its own ``value`` has it."""
    plain = _plain(value)
    return {"value": plain} if not isinstance(plain, dict) and _OWN_VALUE.search(expression) else plain


def _plain_resource(resource: Mapping[str, Any], run: Run) -> Any:
    """A resource as the evaluator takes it, made once in a run."""
    if id(resource) not in run.plain:
        run.plain[id(resource)] = (resource, _plain(resource))
    return run.plain[id(resource)][1]


def _plain(value: Any) -> Any:
    """JSON as the evaluator takes it: numbers as numbers."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Written):
        try:
            return float(Decimal(value.text))
        except (InvalidOperation, OverflowError):
            return None
    return value
