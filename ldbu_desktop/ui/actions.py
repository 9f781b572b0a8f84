"""What can be done in the window: menus, tool buttons, the sheet of keys, the search and their tests come from here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import starmap

from ldbu_desktop.language import Language, chosen, tr
from ldbu_desktop.policy import policy
from ldbu_desktop.ui.commands import Commands
from ldbu_desktop.ui.kit.actions import Action, Menu
from ldbu_desktop.ui.page import INSPECTOR, TREE
from ldbu_desktop.ui.pages import DELIVERY, PAGES, PRACTICE, START, PageData
from ldbu_desktop.ui.theme import ColourScheme

FILE = Menu("file", lambda: tr("&Filer"))
EDIT = Menu("edit", lambda: tr("&Rediger"))
GO = Menu("go", lambda: tr("&Gå til"))
VIEW = Menu("view", lambda: tr("&Vis"))
HELP = Menu("help", lambda: tr("&Hjælp"))


def _page(number: int, page: PageData) -> Action[Commands]:
    """Go to a page: the number of its key is its place on the rail, and 0 is the tenth."""
    return Action(
        f"page-{page.id}",
        page.menu_text,
        VIEW,
        lambda do: do.go(page.id),
        f"Ctrl+{number % 10}",
        page.icon,
        Commands.is_open if page.needs_journal else None,
        is_offered=lambda: page.id == START or policy().offers(page.id),
    )


def _language(name: str, text: Callable[[], str], language: Language) -> Action[Commands]:
    return Action(
        name,
        text,
        VIEW,
        lambda do: do.choose_language(language),
        icon="language",
        is_on=lambda _do: chosen() is language,
        group="language",
        is_offered=lambda: not policy().language,
    )


def _look(look: ColourScheme, text: Callable[[], str], icon: str) -> Action[Commands]:
    return Action(
        f"look-{look}",
        text,
        VIEW,
        lambda do: do.choose_look(look),
        icon=icon,
        is_on=lambda do: do.settings.look is look,
        group="look",
    )


def _lock_after(minutes: int, text: Callable[[], str]) -> Action[Commands]:
    return Action(
        f"lock-after-{minutes}",
        text,
        VIEW,
        lambda do: do.files.lock_after(minutes),
        is_on=lambda do: do.settings.lock_after == minutes,
        group="lock-after",
    )


IS_REAL = Commands.is_real
HAS_JOURNAL, HAS_VISIT, IS_FILLED = Commands.has_journal, Commands.has_visit, Commands.is_filled


def _has_findings(do: Commands) -> bool:
    return do.findings.has_findings()


def _can_mend(do: Commands) -> bool:
    return do.findings.can_mend()


ACTIONS: tuple[Action[Commands], ...] = (
    Action("open", lambda: tr("&Åbn filer …"), FILE, lambda do: do.files.open_files(), "Ctrl+O", "open"),
    Action(
        "open-folder", lambda: tr("Åbn &mappe …"), FILE, lambda do: do.files.open_folder(), "Ctrl+Shift+O", "folder"
    ),
    Action("open-sample", lambda: tr("Åbn &eksemplet"), FILE, lambda do: do.files.open_sample(), icon="sample"),
    Action("fill", lambda: tr("Udfyld en k&ontakt …"), FILE, lambda do: do.files.fill(), icon="fill"),
    Action("save", lambda: tr("&Gem"), FILE, lambda do: do.files.save(), "Ctrl+S", "save", IS_REAL),
    Action(
        "save-as",
        lambda: tr("Gem som &sagsfil …"),
        FILE,
        lambda do: do.files.save_as(),
        "Ctrl+Shift+S",
        "lock",
        IS_REAL,
    ),
    Action(
        "print",
        lambda: tr("&Udskriv kontakten …"),
        FILE,
        lambda do: do.writing.print_visit(),
        "Ctrl+P",
        "print",
        HAS_VISIT,
    ),
    Action(
        "print-pdf", lambda: tr("Gem kontakten som P&DF …"), FILE, lambda do: do.writing.save_visit(), when=HAS_VISIT
    ),
    Action(
        "write-copy",
        lambda: tr("Gem en &rettet kopi …"),
        FILE,
        lambda do: do.files.write_copy(),
        icon="table",
        when=lambda do: do.files.has_files(),
    ),
    Action(
        "save-findings",
        lambda: tr("Gem fu&ndene …"),
        FILE,
        lambda do: do.writing.save_findings(),
        icon="report",
        when=lambda do: do.writing.has_findings(),
    ),
    Action(
        "template", lambda: tr("Gem en &tom skabelon …"), FILE, lambda do: do.writing.write_template(), icon="table"
    ),
    Action("receipt", lambda: tr("Læs en k&vittering …"), FILE, lambda do: do.writing.ask_receipt(), icon="report"),
    Action(
        "save-accepted",
        lambda: tr("Gem de a&ccepterede fund …"),
        FILE,
        lambda do: do.findings.save_accepted(),
        icon="clear",
        when=lambda do: do.findings.has_accepted(),
    ),
    Action(
        "write-case",
        lambda: tr("Skriv en &øvelse ud fra familien …"),
        FILE,
        Commands.write_case,
        icon="school",
        when=Commands.can_write_case,
        is_offered=lambda: policy().offers(PRACTICE),
    ),
    Action(
        "forms-folder", lambda: tr("Mappe med egne s&kemaer …"), FILE, lambda do: do.files.choose_forms(), icon="folder"
    ),
    Action(
        "wording",
        lambda: tr("Spørgeskemaernes ordl&yd …"),
        FILE,
        Commands.choose_wording,
        icon="definition",
        when=IS_FILLED,
    ),
    Action("deliver", lambda: tr("&Aflevér …"), FILE, lambda do: do.go(DELIVERY), "Ctrl+E", "deliver", IS_REAL),
    Action("close", lambda: tr("&Luk filerne"), FILE, lambda do: do.files.close(), "Ctrl+W", "close", IS_REAL),
    Action(
        "lock",
        lambda: tr("Lås sagsf&ilen"),
        FILE,
        lambda do: do.files.lock(),
        "Ctrl+L",
        "lock",
        lambda do: do.files.has_case(),
    ),
    Action("quit", lambda: tr("A&fslut"), FILE, Commands.quit, "Ctrl+Q", "quit"),
    Action("undo", lambda: tr("&Fortryd"), EDIT, Commands.undo, "Ctrl+Z", "undo", Commands.can_undo),
    Action("redo", lambda: tr("&Gentag"), EDIT, Commands.redo, "Ctrl+Y", when=Commands.can_redo),
    Action(
        "search", lambda: tr("&Søg blandt børn og kontakter"), EDIT, Commands.search, "Ctrl+F", "search", HAS_JOURNAL
    ),
    Action("commands", lambda: tr("F&ind en handling"), EDIT, Commands.find, "Ctrl+K", "forward"),
    Action("new-visit", lambda: tr("Ny kon&takt"), EDIT, Commands.choose_visit, "Ctrl+N", "plus", IS_FILLED),
    Action(
        "new-beside",
        lambda: tr("Samti&dig kontakt med en anden"),
        EDIT,
        lambda do: do.filling.begin_beside(),
        icon="plus",
        when=IS_FILLED,
    ),
    Action(
        "remove-visit",
        lambda: tr("F&jern kontakten"),
        EDIT,
        lambda do: do.filling.remove_visit(),
        icon="close",
        when=IS_FILLED,
    ),
    Action(
        "move-visit",
        lambda: tr("Kont&akten var med en anden …"),
        EDIT,
        lambda do: do.filling.move_visit(),
        when=IS_FILLED,
    ),
    Action(
        "remove-person",
        lambda: tr("Fjern en &person …"),
        EDIT,
        lambda do: do.filling.remove_person(),
        when=IS_FILLED,
    ),
    Action(
        "new-family",
        lambda: tr("&Ny familie"),
        EDIT,
        lambda do: do.filling.begin_family(),
        "Ctrl+Shift+N",
        "family",
        IS_FILLED,
    ),
    Action("not-obtained", lambda: tr("Ikke &oplyst"), EDIT, Commands.not_obtained, "F8", "missing", HAS_VISIT),
    Action("validate", lambda: tr("&Kontrollér"), EDIT, Commands.validate, "F5", "clear", HAS_JOURNAL),
    Action(
        "mend",
        lambda: tr("&Ret fundet"),
        EDIT,
        lambda do: do.findings.mend(),
        "Alt+Return",
        "edit",
        _can_mend,
    ),
    Action(
        "mend-all",
        lambda: tr("Ret a&lle med samme årsag …"),
        EDIT,
        lambda do: do.findings.mend_all(),
        "Alt+Shift+Return",
        when=_can_mend,
    ),
    Action(
        "accept",
        lambda: tr("A&cceptér fundet …"),
        EDIT,
        lambda do: do.findings.accept(),
        "Ctrl+Shift+A",
        when=lambda do: do.findings.can_accept(),
    ),
    Action(
        "next-finding",
        lambda: tr("&Næste fund"),
        GO,
        lambda do: do.findings.step_finding(1),
        "F7",
        "next",
        _has_findings,
    ),
    Action(
        "previous-finding",
        lambda: tr("&Forrige fund"),
        GO,
        lambda do: do.findings.step_finding(-1),
        "Shift+F7",
        "previous",
        _has_findings,
    ),
    Action(
        "next-visit",
        lambda: tr("Næste &kontakt"),
        GO,
        lambda do: do.step_visit(1),
        "Ctrl+Return",
        "next-visit",
        HAS_JOURNAL,
    ),
    Action(
        "previous-visit",
        lambda: tr("F&orrige kontakt"),
        GO,
        lambda do: do.step_visit(-1),
        "Ctrl+Shift+Return",
        when=HAS_JOURNAL,
    ),
    Action(
        "definition",
        lambda: tr("Definition af fel&tet"),
        GO,
        lambda do: do.inspect("definition"),
        "F9",
        "definition",
        HAS_VISIT,
    ),
    Action(
        "explanation",
        lambda: tr("Fo&rklaring af fundet"),
        GO,
        lambda do: do.inspect("explanation"),
        "F10",
        "help",
        HAS_JOURNAL,
    ),
    Action(
        "preview",
        lambda: tr("Rapporten, som den &skrives"),
        GO,
        lambda do: do.inspect("preview"),
        "F11",
        "report",
        HAS_VISIT,
    ),
    Action("growth", lambda: tr("&Vækst"), GO, lambda do: do.at.children.show_growth(), "F12", "growth", HAS_VISIT),
    Action("next-pane", lambda: tr("Næste r&ude"), GO, lambda do: do.at.children.step_pane(1), "F6", when=HAS_JOURNAL),
    Action(
        "previous-pane",
        lambda: tr("Forrige ru&de"),
        GO,
        lambda do: do.at.children.step_pane(-1),
        "Shift+F6",
        when=HAS_JOURNAL,
    ),
    *starmap(_page, enumerate(PAGES, 1)),
    Action(
        "tree-pane",
        lambda: tr("Vis &oversigten til venstre"),
        VIEW,
        lambda do: do.turn_pane(TREE),
        "Ctrl+B",
        "tree-pane",
        when=lambda do: do.has_side(TREE),
        is_on=lambda do: do.has_pane(TREE),
    ),
    Action(
        "inspector",
        lambda: tr("Vis &fund og forklaring"),
        VIEW,
        lambda do: do.turn_pane(INSPECTOR),
        "Ctrl+I",
        "panes",
        when=lambda do: do.has_side(INSPECTOR),
        is_on=lambda do: do.has_pane(INSPECTOR),
    ),
    Action(
        "unmask",
        lambda: tr("Vis navne og &CPR-numre"),
        VIEW,
        lambda do: do.at.session.unmask(not do.at.session.shows_cpr),
        "Ctrl+Shift+P",
        "eye",
        when=lambda do: not do.projector.is_on,
        is_on=lambda do: do.at.session.shows_cpr,
    ),
    Action(
        "projector",
        lambda: tr("Vis &på projektor"),
        VIEW,
        Commands.turn_projector,
        "Shift+F5",
        "system",
        is_on=lambda do: do.projector.is_on,
    ),
    _look(ColourScheme.SYSTEM, lambda: tr("Farver som s&ystemet"), "system"),
    _look(ColourScheme.LIGHT, lambda: tr("&Lyse farver"), "sun"),
    _look(ColourScheme.DARK, lambda: tr("&Mørke farver"), "moon"),
    _lock_after(0, lambda: tr("Lås aldri&g af sig selv")),
    _lock_after(5, lambda: tr("Lås efter &5 minutter uden brug")),
    _lock_after(15, lambda: tr("Lås efter &15 minutter uden brug")),
    _lock_after(30, lambda: tr("Lås efter &30 minutter uden brug")),
    _language("danish", lambda: tr("&Dansk"), Language.DANISH),
    _language("english", lambda: tr("&Engelsk"), Language.ENGLISH),
    Action("manual", lambda: tr("&Manual"), HELP, Commands.show_manual, "F1", "help"),
    Action("keys", lambda: tr("&Taster"), HELP, Commands.show_keys, "Shift+F1", "keys"),
    Action("glossary", lambda: tr("O&rdliste"), HELP, Commands.show_glossary, icon="definition"),
    Action("about", lambda: tr("&Om LDBU Desktop"), HELP, Commands.show_about, icon="info"),
)
