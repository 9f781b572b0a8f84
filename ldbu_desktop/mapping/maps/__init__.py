"""Maps: what was decided about the columns and values of one kind of export, kept for the next of its kind.

A proposal goes in with the decisions in it, and a map comes out (``writing``), as a file that people can read and edit
(``.ldbumap``, read strictly by ``loader``). A map and a new proposal go in, and the proposal comes out with what the
map knows of tables like its own (``recall``), by headers and content and never by the order of columns or the name of
the file. Maps are kept in the user's own folder (``remembered``). Headers and codes are all that a map holds: no text
that may name a person, and no sample of anything (``persons``). The room proposes nothing and reads no journal.
"""
