"""The manual: a page for each kind of user, written in Markdown, as HTML with its pictures in it or as lines."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language

PAGES = ("health-visitor", "vendor", "trainer", "office")
"""The pages by their ids, in their order: each is a file in each language."""

_STYLE = (
    "body { font-family: sans-serif; max-width: 46em; margin: 2em auto; line-height: 1.5; padding: 0 1em }"
    " img { max-width: 100% } td, th { text-align: left; vertical-align: top; padding: .2em .8em .2em 0 }"
    " code { background: #eee } section { page-break-after: always }"
)


def text(page: str, language: Language) -> str:
    """A page as it is written."""
    return resource("manual", language.value, f"{page}.md").read_text(encoding="utf-8")


def title(page: str, language: Language) -> str:
    """What a page is called: its first line."""
    return text(page, language).splitlines()[0].removeprefix("# ")


@cache
def _fits() -> dict[str, str]:
    fits: dict[str, str] = json.loads(resource("manual", "pages.json").read_text(encoding="utf-8"))
    return fits


def page_for(*shown: str) -> str:
    """The page that fits the first of ``shown`` that has one, dialogs or pages of the window by their ids."""
    return next((_fits()[name] for name in shown if name in _fits()), PAGES[0])


def picture(name: str) -> Path:
    """Where a picture of the manual is."""
    return resource("manual", "pictures", name)


def body(page: str, language: Language, show: Callable[[str], dict[str, str]]) -> str:
    """A page as HTML; ``show`` gives the attributes of a picture by its name."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text(page, language))
    for block in tokens:
        for token in block.children or ():
            if token.type == "image":
                token.attrs |= show(str(token.attrs["src"]))
    return str(reader.renderer.render(tokens, reader.options, {}))


def whole(pages: Sequence[str], language: Language, *, width: int | None = None) -> str:
    """Pages as one HTML file that needs no other; pictures are so many points wide where a printer wants that."""

    def show(name: str) -> dict[str, str]:
        data = b64encode(picture(name).read_bytes()).decode("ascii")
        return {"src": f"data:image/png;base64,{data}"} | ({} if width is None else {"width": str(width)})

    sections = "\n".join(f"<section>{body(page, language, show)}</section>" for page in pages)
    return (
        f'<!DOCTYPE html>\n<html lang="{language.value}"><head><meta charset="utf-8"><title>LDBU Desktop</title>'
        f"<style>{_STYLE}</style></head><body>\n{sections}</body></html>\n"
    )
