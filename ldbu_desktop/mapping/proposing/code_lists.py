"""Lists of codes that lie beside the data: which field a list is of, and the text of each of its codes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.proposing.legends import legends_in
from ldbu_desktop.mapping.proposing.lexicon import synonyms
from ldbu_desktop.mapping.proposing.profiles import TableProfile
from ldbu_desktop.mapping.proposing.texts import TextKind, text_kind

_MOST_COLUMNS = 6
_MOST_ROWS = 3_000
_MOST_UNTOLD = 0.4
_LONGEST_CODE = 40
_MOST_LOOKED_UP = 200
_LEAST_CODE = 2
_FEWEST_TOLD = 3
_MANY = 0.8
_MOSTLY, _NEARLY_ALL = 0.6, 0.9
SEVERAL = "  /  "
"""Between the texts of a code that a list explains in several ways."""


@dataclass(frozen=True, slots=True)
class CodeListColumns:
    """Which columns of a table are the field (or none), the code and the text of a list of codes.

    ``of`` is the one field that the whole list is of, where it is known by a column of another table. ``label`` is the
    column that says in words what each field is; a list that explains fields alone has no codes.
    """

    field: int | None
    code: int | None
    text: int | None
    of: str = ""
    label: int | None = None


@dataclass(slots=True)
class CodeLists:
    """The lists of codes of the files that are read together: texts by field and code.

    A list that names no field has the name of its sheet. ``labels`` say in words what a field is.
    """

    by_field: dict[str, dict[str, str]] = field(default_factory=dict)
    unnamed: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def add(self, columns: CodeListColumns, profile: TableProfile, sheet: str) -> None:
        """Add what a table holds."""
        last = ""
        for cells in profile.kept:
            code, text = (cells[at].strip() if at is not None else "" for at in (columns.code, columns.text))
            if columns.field is not None:
                # A field is often written once, above its codes.
                last = cells[columns.field].strip() or last
            if columns.label is not None and last and (label := cells[columns.label].strip()):
                self.labels.setdefault(header_key(last), label)
            if not code or not text:
                continue
            of = self.by_field if columns.field is not None or columns.of else self.unnamed
            told = of.setdefault(header_key(last or columns.of or sheet), {})
            # Of two texts for a code none is chosen: where they mean the same, they are told together.
            before = told.get(code_key(code), text)
            is_told = folded(text) in map(folded, before.split(SEVERAL))
            told[code_key(code)] = before if is_told else f"{before}{SEVERAL}{text}"

    def add_notes(self, notes: Iterable[Sequence[str]], sheet: str) -> None:
        """Add what the notes of a sheet explain."""
        for name, codes in legends_in(notes).items():
            of = self.by_field if name else self.unnamed
            of.setdefault(header_key(name or sheet), {}).update({code_key(code): text for code, text in codes.items()})

    def label_of(self, headers: Sequence[str]) -> str:
        """What a column is in words, by its name as a list tells it; nothing where none does."""
        return next((label for header in headers if (label := self.labels.get(header_key(header)))), "")

    def of_header(self, headers: Sequence[str]) -> Mapping[str, str] | None:
        """The list that is of a column by its name: whole, or its last row of headers."""
        for header in headers:
            if (found := self.by_field.get(header_key(header))) is not None:
                return found
        return None

    def others(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """All lists with the key of their name, for columns that no list names."""
        yield from self.by_field.items()
        yield from self.unnamed.items()


def code_key(text: str) -> str:
    """A code as lists and columns are compared: without case and without the zeros that it begins with."""
    return text.strip().casefold().lstrip("0") or "0"


def code_list_columns(headers: Sequence[str], profile: TableProfile, sheet: str) -> CodeListColumns | None:
    """The columns of a list of codes; None where a table is none."""
    named = [at for at, header in enumerate(headers) if header.strip()]
    if not 2 <= len(named) <= _MOST_COLUMNS or not 1 < profile.rows <= _MOST_ROWS:
        return None
    if _tells_of_persons(profile, TextKind.DATE, TextKind.MOMENT):
        return None
    words = synonyms().code_lists
    keys = {at: header_key(headers[at]) for at in named}
    is_named = header_key(sheet) in set(map(header_key, words.sheets))
    fields = _named(keys, words.field)
    codes = [at for at in _named(keys, words.code) if profile.columns[at].texts]
    texts = [at for at in _named(keys, words.text) if _is_text(profile, at)]
    if is_named and len(named) == 2 and not (codes and texts):
        codes, texts = [named[0]], [named[1]]
    texts = [at for at in texts if at not in codes] or texts
    code = next((at for at in codes if at not in texts and _is_code(profile, at)), None)
    text = next((at for at in texts if at != code), None)
    if code is None or text is None:
        return None
    of_field = next((at for at in fields if at not in (code, text)), None)
    if of_field is None and len(named) == 3 and is_named:
        of_field = next(at for at in named if at not in (code, text))
    # A table that is headed as a list and by nothing else is one, also where a code stands twice in it.
    is_plain = set(named) <= {*_named(keys, words.field), *_named(keys, words.code), *_named(keys, words.text)}
    if not _is_list(profile, of_field, code, _MOSTLY if is_plain else _NEARLY_ALL):
        return None
    return CodeListColumns(of_field, code, text, label=_label(profile, of_field, (code, text)))


def dictionary_of(headers: Sequence[str], profile: TableProfile, others: Collection[str]) -> CodeListColumns | None:
    """The columns of a table that says in words what the columns of others hold: one tells their headers, each once."""
    named = [at for at, header in enumerate(headers) if header.strip()]
    if not 2 <= len(named) <= _MOST_COLUMNS or not _FEWEST_TOLD <= profile.rows <= _MOST_ROWS:
        return None
    if _tells_of_persons(profile):
        return None
    for at in named:
        told = [header_key(text) for text in profile.columns[at].texts]
        if len(told) == profile.rows and sum(text in others for text in told) >= len(told) * _MANY:
            texts = [each for each in named if each != at and _is_text(profile, each)]
            if texts:
                return CodeListColumns(at, None, None, label=max(texts, key=lambda each: _length(profile, each)))
    return None


def _label(profile: TableProfile, of_field: int | None, beside: Collection[int]) -> int | None:
    """The column that has one text for each field, whatever the code: it says what the field is."""
    if of_field is None:
        return None
    for at in range(len(profile.columns)):
        if at != of_field and at not in beside and _is_text(profile, at):
            pairs = {(cells[of_field], cells[at]) for cells in profile.kept if cells[of_field] and cells[at]}
            if pairs and len({name for name, _ in pairs}) == len(pairs):
                return at
    return None


def list_of_fields(profile: TableProfile, headers: Collection[str]) -> CodeListColumns | None:
    """The columns of a list of codes that is called by nothing known: one of them tells ``headers`` of other tables."""
    if not 1 < profile.rows <= _MOST_ROWS or not 3 <= len(profile.columns) <= _MOST_COLUMNS:
        return None
    if _tells_of_persons(profile):
        return None
    for at, column in enumerate(profile.columns):
        fields = {header_key(text) for text in column.texts if text.strip()}
        if not fields or not fields <= set(headers) or len(fields) * 2 > profile.rows:
            continue
        rest = [each for each in range(len(profile.columns)) if each != at and profile.columns[each].texts]
        codes = [each for each in rest if _is_code(profile, each) and _is_list(profile, at, each)]
        codes.sort(key=lambda each: _length(profile, each))
        texts = [each for each in rest if codes and each != codes[0] and _is_text(profile, each)]
        # What is the same for all codes of a field says what the field is.
        told = [each for each in texts if _is_list(profile, at, each)] or texts
        if told and _length(profile, told[0]) > _length(profile, codes[0]):
            return CodeListColumns(at, codes[0], told[0], label=_label(profile, at, (codes[0], told[0])))
    return None


def lookup_of(
    headers: Sequence[str],
    profile: TableProfile,
    others: Iterable[tuple[Sequence[str], TableProfile]],
    are_answers: Callable[[Collection[str]], bool],
) -> CodeListColumns | None:
    """The columns of a table that only tells what the keys in a column of another table mean, as databases have them.

    The key is headed there as here, or its codes are told in one column only, and the texts are answers: other tables
    with a key hold what is to be joined.
    """
    named = [at for at, header in enumerate(headers) if header.strip()]
    if not 2 <= len(named) <= _MOST_COLUMNS or not 1 < profile.rows <= _MOST_LOOKED_UP or _tells_of_persons(profile):
        return None
    beside = list(others)
    for code in named:
        texts = [at for at in named if at != code and _is_text(profile, at) and are_answers(profile.columns[at].texts)]
        if not texts or not _is_code(profile, code) or not _is_list(profile, None, code):
            continue
        known = {code_key(text) for text in profile.columns[code].texts}
        telling = [name for other in beside if other[1].rows > profile.rows for name in _telling(known, *other)]
        own = [name for name in telling if header_key(name) == header_key(headers[code])]
        is_plain = all(len(each) >= _LEAST_CODE for each in known)
        of = own[:1] or (telling if len(telling) == 1 and is_plain else [])
        if of:
            return CodeListColumns(None, code, texts[0], of[0])
    return None


def _tells_of_persons(profile: TableProfile, *more: TextKind) -> bool:
    """Whether a column holds numbers of persons, or what else ``more`` names: such a table explains nothing."""
    return any(column.share(TextKind.CPR, *more) > _MOST_UNTOLD for column in profile.columns)


def _telling(known: Collection[str], headers: Sequence[str], other: TableProfile) -> Iterator[str]:
    """The headers of the columns that hold hardly anything but codes of a list."""
    for header, column in zip(headers, other.columns, strict=False):
        told = {code_key(text) for text in column.texts}
        if header.strip() and told and len(told & set(known)) >= len(told) * _MANY:
            yield header


def _length(profile: TableProfile, at: int) -> int:
    """The letters of all of a column's different texts."""
    return sum(map(len, profile.columns[at].texts))


def _named(keys: Mapping[int, str], words: Sequence[str]) -> list[int]:
    """The columns of these names, those of the first names first."""
    order = {header_key(word): at for at, word in reversed(list(enumerate(words)))}
    return sorted((at for at, key in keys.items() if key in order), key=lambda at: order[keys[at]])


def _is_text(profile: TableProfile, at: int) -> bool:
    column = profile.columns[at]
    return column.share(TextKind.TEXT) > _MOST_UNTOLD or any(text_kind(text) is TextKind.TEXT for text in column.texts)


def _is_code(profile: TableProfile, at: int) -> bool:
    return all(len(text) <= _LONGEST_CODE for text in profile.columns[at].texts)


def _is_list(profile: TableProfile, of_field: int | None, code: int, least: float = _NEARLY_ALL) -> bool:
    """Whether each code stands once in its list: rows of data repeat theirs."""
    pairs = []
    last = ""
    for cells in profile.kept:
        if of_field is not None:
            last = cells[of_field].strip() or last
        if cells[code].strip():
            pairs.append((last, code_key(cells[code])))
    return len(pairs) > 0 and len(set(pairs)) >= len(pairs) * least
