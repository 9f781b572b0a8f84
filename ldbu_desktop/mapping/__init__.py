"""From tables to a journal, and from a journal to tables of our own shapes.

Tables come in as the files hold them, row by row. Their rows of headers are found and matched to fields (``blocks``,
``columns``); the form of a column's dates, numbers and CPR numbers follows from all that stands in it
(``column_forms``, ``date_forms``, ``number_forms``, ``cpr_forms``); texts become values and codes (``vocabulary``,
``entries``, ``quantities``); records of long and wide tables are gathered into families (``long``,
``long_records``, ``wide``, ``families``, ``contradictions``). Files that lie together are read together
(``export_files``, ``files_read``), and journals of several files become one (``merging``).
Out comes a journal with the place of every value, notes on what there is to tell, and the account of what was not read.
The room judges nothing, chooses nothing between two readings, and knows neither findings nor the window.
"""
