"""Operations on a journal: what is typed, begun, corrected, moved or taken away.

A frozen journal goes in, and another comes out in which only the families and visits that the operation is about are
other objects. What is typed is read as a file's text is, and what can't be read is kept as it was typed. Nothing is
judged here, nothing is remembered, and nothing is known of findings, files, reports or windows.
"""
