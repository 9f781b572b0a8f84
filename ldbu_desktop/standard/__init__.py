"""What the standard says, as one typed value: catalogue, profiles, official packages, and how two editions differ.

A folder of JSON files goes in, read strictly; a :class:`~ldbu_desktop.standard.model.Standard` comes out, which every
other room is handed. What is true of a variable is a trait of its entry, so that another one is data alone. It knows
of no journal, no form and no screen.

To add a variable, as ``tests/unit/standard/made_up.py`` adds three, touch only files in ``resources/standard``:

1. ``variables.json``: its entry, with id, kind, codings, texts in both languages, and units or value set.
2. ``value_sets.json``: the answers of a coded one.
3. ``profiles/kl-children.json``: that profile, the value set and codes it binds to, and its URL among the profiles
   that observations of a delivery report conform to.
4. ``gateway_rules.json`` and ``guide_rules.json``: where a visit must have it, or is asked for it.
5. Where it shall be asked for on paper or screen: the forms in ``forms``.

:func:`~ldbu_desktop.use_cases.standards.standard_at` reads such a folder and says by file and line what does not fit.
"""
