"""Files that are no forms, broken or made to do harm: a fault with file and line, at once, whatever they hold."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ldbu_desktop.bundled_files import shipped_form
from ldbu_desktop.forms.loader import FIELDS, FORM_BYTES, Read, form_of
from ldbu_desktop.forms.reading import MOST_FAULTS
from ldbu_desktop.forms.yaml_tree import DEPTH, Listing, Mapping, Scalar, shown, yaml_tree
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.standard.catalogue import shipped_standard

from .conftest import HEAD, of_fields, read, told

LINKS = zip("abcdefgh", "bcdefghi", strict=True)
BOMB = "a: &a [x, x]\n" + "".join(f"{name}: &{name} [*{before}, *{before}]\n" for before, name in LINKS)
OURS = shipped_form("2-months.yaml").read_bytes()


def sound(read: Read) -> None:
    """Either a form or faults that can be told, each with file and line."""
    assert (read.form is None) == bool(read.faults)
    for fault in read.faults:
        assert fault.facts["file"] == "mine.yaml"
        if fault.key not in {"form-too-large", "form-too-many-fields"}:
            assert int(str(fault.facts["line"])) >= 1
        for language in Language:
            assert fault_text(fault, language).startswith("mine.yaml")


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        (BOMB, "form-alias", 1),
        ("id: a\ntitle: *a\n", "form-alias", 2),
        ("id: a\ntitle: &a\n  da: *a\n", "form-alias", 2),
        ("id: a\n<<: {title: x}\n", "form-key-unknown", 2),
        ("id: a\ntitle: !!python/object/apply:os.system [echo]\n", "form-tag", 2),
        ("id: !!str a\n", "form-tag", 1),
        ("id: a\nid: b\n", "form-key-twice", 2),
        ("id: a\n? [x]\n: 1\n", "form-key-unclear", 2),
        ("id: a\n---\nid: b\n", "form-documents", 2),
        ("id: a\ntitle: 'open\n\n", "form-yaml-open", 4),
        ("id: a\ntitle: {da: b\n", "form-yaml-open", 3),
        ("id: [a\ntitle: b\n", "form-yaml-open", 2),
        ("id: a\n\ttitle: b\n", "form-yaml-tab", 2),
        ("id: a\ntitle: b: c\n", "form-yaml-colon", 2),
        ("id: a\ntitle\nvisits: b\n", "form-yaml-colon", 3),
        ("id: a\nx: @b\n", "form-yaml-character", 2),
        ("id: a\nx: \x07\n", "form-yaml-character", 2),
        ("id: a\n - b\n- c\n", "form-not-yaml", 3),
        ("- id: a\n", "form-not-keys", 1),
        ("\n\njust words\n", "form-not-keys", 3),
        ("---\n", "form-not-keys", 2),
        ("\n[" + "[" * DEPTH, "form-too-deep", 2),
        ("{a: " * 60_000, "form-too-deep", 1),
    ],
)
def test_what_is_no_form_file_is_refused_with_its_line(text: str, key: str, line: int) -> None:
    assert (key, line) in told(text)
    sound(read(text))


def test_empty_file_lacks_everything() -> None:
    for text in ("", "# only a comment\n", "\ufeff"):
        assert {key for key, _ in told(text)} == {"form-key-missing", "form-purpose"}


def test_what_is_not_utf_8() -> None:
    found = form_of("id: a\ntitle: Øre".encode("latin-1"), "mine.yaml", shipped_standard())
    assert [(fault.key, fault.facts["line"]) for fault in found.faults] == [("form-not-utf8", 2)]


def test_what_is_too_large_is_not_parsed() -> None:
    text = of_fields("- {variable: weight}")
    padded = text + "#" * (FORM_BYTES - len(text.encode()))
    assert read(padded).form is not None
    assert [fault.key for fault in read(padded + "#").faults] == ["form-too-large"]


def test_a_form_has_so_many_fields_at_most() -> None:
    lines = [f"- {{id: f{number}, variable: weight}}" for number in range(FIELDS + 1)]
    assert read(of_fields(*lines[:-1])).form is not None
    assert [fault.key for fault in read(of_fields(*lines)).faults] == ["form-too-many-fields"]


@pytest.mark.parametrize("field", ["- {{variable: weight, a{}: 1}}", "- {{variable: weight{}}}"])
def test_so_many_faults_are_told_at_most(field: str) -> None:
    found = read(of_fields(*(field.format(number) for number in range(MOST_FAULTS + 1))))
    assert len(found.faults) == MOST_FAULTS


def test_conditions_in_each_other_are_read_to_the_depth_that_is_allowed() -> None:
    def nested(levels: int) -> str:
        return of_fields(f"- {{variable: weight, shown: {'{any: [' * levels}{{ages: [1, 2]}}{']}' * levels}}}")

    most = max(levels for levels in range(DEPTH) if read(nested(levels)).form is not None)
    assert most >= 8
    assert {key for key, _ in told(nested(most + 1))} == {"form-too-deep"}


def test_words_of_a_file_are_told_in_one_short_line() -> None:
    assert shown("a\n  b\tc") == "a b c"
    assert shown("x" * 61) == "x" * 59 + "…"
    [fault] = read(of_fields(f'- {{variable: "{"x" * 5000}"}}')).faults
    assert len(str(fault.facts["id"])) == 60


def test_tree_keeps_lines_quotes_and_nothing() -> None:
    tree = yaml_tree(b"a: null\nb:\n  - 'null'\n  - ~\nc: {d: }\n", "a.yaml")
    assert tree.key_lines == {"a": 1, "b": 2, "c": 5}
    a, b, c = tree.entries.values()
    assert isinstance(a, Scalar)
    assert a.is_nothing
    assert isinstance(b, Listing)
    assert b == Listing(3, [Scalar(3, "null", is_quoted=True), Scalar(4, "~")])
    assert c == Mapping(5, {"d": Scalar(5, "")}, {"d": 5})
    assert not Scalar(3, "null", is_quoted=True).is_nothing


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b"&")
@example(b"\x85")
def test_any_bytes_give_a_form_or_faults(data: bytes) -> None:
    sound(form_of(data, "mine.yaml", shipped_standard()))


@given(st.text(alphabet=" \n\t:-[]{}&*!?|>'\"#,%@`~abn01é\u2028\ufeff", max_size=200))
def test_any_text_of_yamls_own_signs_gives_a_form_or_faults(text: str) -> None:
    sound(read(text))
    sound(read(HEAD + text))


@given(st.integers(0, len(OURS) - 1), st.integers(0, 40), st.binary(max_size=6))
def test_a_form_of_ours_with_a_part_overwritten_gives_a_form_or_faults(at: int, length: int, other: bytes) -> None:
    sound(form_of(OURS[:at] + other + OURS[at + length :], "mine.yaml", shipped_standard()))
