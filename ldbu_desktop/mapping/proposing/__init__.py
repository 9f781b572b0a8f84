"""What the tables of any export are taken for: found, profiled and proposed, before anything of them is read.

Tables come in as the files hold them. Each sheet's tables and rows of headers are found (``found_tables``), the values
of each column are counted as they stream by (``profiles``), and headers and values are understood by the words of the
catalogue and of ``resources/mapping`` (``lexicon``, ``headings``, ``answers``, ``code_lists``). What a header says is
held against what stands below it and beside it (``agreement``, ``relations``). Out comes a ``Proposal`` of ``links``:
for every column and every distinct coded value a link, how certain it is, and why. The room applies nothing, reads no
journal, and knows neither maps nor the window.
"""
