"""Whatever shows findings, the same in every page: the list by cause, the explanation, the JSON with the place marked,
the verdict. A page says in its own words what its causes and findings are; nothing here knows which page that is.
"""
