"""What profiles, value sets and code systems say, as typed facts: the one model of both sources of profiles.

It is filled from the files that ship (``resources/standard/profiles``) and from official packages. It holds only what
is checked: paths, cardinalities, types, fixed and pattern values, bindings, slices, constraints. No descriptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.standard.model import OWN_PROFILES, PROFILES, Standard

FHIR_TYPES = "http://hl7.org/fhir/StructureDefinition/"
"""What the URL of every FHIR type begins with."""
ANY_RESOURCE = f"{FHIR_TYPES}Resource"
"""What a reference may lead to that may lead to anything."""

UNBOUNDED = -1
"""The ``max`` of an element that may repeat without limit."""


class Facts(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Facts as they stand in a file: unknown keys are refused, and what is not said is left out."""


class TypeRef(Facts, frozen=True):
    """A type that an element may have; ``profiles`` of the type, and for references the ``targets``."""

    code: str
    profiles: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    aggregation: tuple[str, ...] = ()


class Binding(Facts, frozen=True):
    """A value set that a coded element is bound to; ``max_set`` holds where codes outside ``value_set`` are allowed."""

    strength: Literal["required", "extensible", "preferred", "example"]
    value_set: str = ""
    max_set: str = ""


class Demand(Facts, frozen=True):
    """In a bundle with an encounter of ``visits`` and ``classes`` some observation has one of ``codes``."""

    visits: tuple[str, ...]
    classes: tuple[str, ...]
    codes: tuple[str, ...]


class Constraint(Facts, frozen=True):
    """An invariant. ``form`` is a fingerprint of its expression, by which the native function is found.

    Invariants of a known shape are facts: ``demand`` of a report, ``conforming`` profiles of every observation.
    ``expression`` is there only where there is neither: it is then evaluated as FHIRPath.
    """

    key: str
    severity: Literal["error", "warning"]
    source: str = ""
    form: str = ""
    demand: Demand | None = None
    conforming: tuple[str, ...] = ()
    expression: str = ""


class Discriminator(Facts, frozen=True):
    """By what the slices of an element are told apart."""

    type: str
    path: str


class Slicing(Facts, frozen=True):
    """How an element is sliced."""

    discriminators: tuple[Discriminator, ...]
    rules: Literal["open", "closed", "openAtEnd"] = "open"
    ordered: bool = False


class Given(Facts, frozen=True):
    """A value that an element must have, with its FHIR type: exactly (fixed) or at least (pattern)."""

    type: str
    value: Any


class Element(Facts, frozen=True):
    """An element of a profile. ``id`` is told where it differs from the path, which is with slices."""

    path: str
    id: str = ""
    min: int = 0
    max: int = 1
    types: tuple[TypeRef, ...] = ()
    fixed: Given | None = None
    pattern: Given | None = None
    binding: Binding | None = None
    slicing: Slicing | None = None
    constraints: tuple[Constraint, ...] = ()
    content: str = ""
    max_length: int = 0
    is_modifier: bool = False

    @property
    def key(self) -> str:
        """The element's id within its profile."""
        return self.id or self.path

    @property
    def slice_name(self) -> str:
        """The name of the slice that this element is, or nothing."""
        last = self.key.rpartition(".")[2]
        return last.partition(":")[2]


class Context(Facts, frozen=True):
    """Where an extension may stand."""

    type: str
    expression: str


class Profile(Facts, frozen=True):
    """A structure definition: a resource, a data type, an extension, or a profile of one of them."""

    url: str
    type: str
    kind: Literal["resource", "complex-type", "primitive-type", "logical"]
    elements: tuple[Element, ...]
    version: str = ""
    base: str = ""
    is_constraint: bool = False
    is_abstract: bool = False
    regex: str = ""
    contexts: tuple[Context, ...] = ()

    @property
    def versioned(self) -> str:
        """The URL with the version."""
        return f"{self.url}|{self.version}" if self.version else self.url


class Filter(Facts, frozen=True):
    """A condition on the concepts of a code system."""

    property: str
    op: str
    value: str


class Portion(Facts, frozen=True):
    """What a value set includes or excludes: codes of a system, listed or filtered, and whole value sets."""

    system: str = ""
    version: str = ""
    codes: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    value_sets: tuple[str, ...] = ()


class ValueSet(Facts, frozen=True):
    """The codes that a binding names, by what it includes and excludes."""

    url: str
    version: str = ""
    include: tuple[Portion, ...] = ()
    exclude: tuple[Portion, ...] = ()


class CodeSystem(Facts, frozen=True):
    """The codes of a system: a code for each concept, and its parent where it has one."""

    url: str
    content: str = "complete"
    is_case_sensitive: bool = False
    codes: tuple[str, ...] = ()
    parents: dict[str, tuple[str, ...]] = {}


class FactFile(Facts, frozen=True):
    """A file of facts. Each is read only when it is asked for, since a report needs few of them."""

    name: str
    version: str
    profiles: dict[str, msgspec.Raw] = {}
    value_sets: dict[str, msgspec.Raw] = {}
    code_systems: dict[str, msgspec.Raw] = {}


Found = TypeVar("Found", Profile, ValueSet, CodeSystem)


class Definitions:
    """Profiles, value sets and code systems by URL, from several files of facts.

    The first file that knows a URL decides. ``later`` gives one more file, which is read only when none of ``files``
    knows what is asked for.
    """

    def __init__(self, files: Sequence[FactFile], later: Callable[[], FactFile] | None = None) -> None:
        self._files = list(files)
        self._later = later
        self._profiles: dict[str, Profile | None] = {}
        self._value_sets: dict[str, ValueSet | None] = {}
        self._code_systems: dict[str, CodeSystem | None] = {}

    @property
    def files(self) -> tuple[FactFile, ...]:
        """The files that have been read, the deciding one first."""
        return tuple(self._files)

    def profile(self, url: str) -> Profile | None:
        """The profile of this URL, which may end in ``|`` and a version; None where there is none."""
        if url not in self._profiles:
            self._profiles[url] = self._found(url, "profiles", Profile)
        return self._profiles[url]

    def fhir_type(self, name: str) -> Profile | None:
        """The definition of a FHIR type by its name."""
        return self.profile(FHIR_TYPES + name)

    def value_set(self, url: str) -> ValueSet | None:
        """The value set of this URL, which may end in ``|`` and a version; None where there is none."""
        if url not in self._value_sets:
            self._value_sets[url] = self._found(url, "value_sets", ValueSet)
        return self._value_sets[url]

    def code_system(self, url: str) -> CodeSystem | None:
        """The code system of this URL; None where there is none."""
        if url not in self._code_systems:
            self._code_systems[url] = self._found(url, "code_systems", CodeSystem)
        return self._code_systems[url]

    def _found(self, url: str, kind: str, model: type[Found]) -> Found | None:
        name, _, version = url.partition("|")
        for file in self._all_files():
            raw = getattr(file, kind).get(name)
            if raw is not None:
                found: Found = _decoded(raw, model, file.name)
                if not version or getattr(found, "version", version) == version:
                    return found
        return None

    def _all_files(self) -> Iterator[FactFile]:
        yield from tuple(self._files)
        if self._later is not None:
            later, self._later = self._later, None
            self._files.append(later())
            yield self._files[-1]


def _decoded(raw: msgspec.Raw, model: type[Found], file: str) -> Found:
    try:
        return msgspec.json.decode(raw, type=model)
    except NOT_READABLE as error:
        raise CatalogueFault("catalogue-unreadable", file=file, why=str(error)) from error


def read_facts(path: Path) -> FactFile:
    """Read a file of facts. Raises :class:`CatalogueFault` that names the file where it is not one."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=FactFile)
    except (OSError, *NOT_READABLE) as error:
        raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error


def definitions_of(standard: Standard) -> Definitions:
    """The profiles of a standard, on the base of FHIR R4."""
    facts = partial(facts_of, standard)
    return Definitions([facts(OWN_PROFILES), facts("r4-report")], later=lambda: facts("r4"))


def facts_of(standard: Standard, name: str) -> FactFile:
    """A file of a standard's profiles: ``kl-children``, ``r4-report`` (what reports need) or ``r4`` (the rest).

    It lies beside the catalogue that the standard was read from. Of FHIR R4 the one that ships holds where none does
    there. Raises :class:`CatalogueFault` where the standard's own profiles are gone.
    """
    own = standard.profiles_file(name)
    return read_facts(own) if own.is_file() else shipped_facts(name)


def shipped_facts(name: str) -> FactFile:
    """A file of profiles that ships: those of FHIR R4 (``r4-report`` and ``r4``) are the same for every standard."""
    return read_facts(resource("standard", PROFILES, f"{name}.json"))
