"""What the standard says, as one typed value: catalogue, profiles, official packages, and how two editions differ.

A folder of JSON files goes in, read strictly; a :class:`~ldbu_desktop.standard.model.Standard` comes out, which every
other room is handed. What is true of a variable is a trait of its entry, so that another one is data alone. It knows
of no journal, no form and no screen.
"""
