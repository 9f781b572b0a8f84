"""Tables of other systems, read by links: what each column and each coded text is taken for.

In come tables as the files hold them and a proposal with what was known, sure and approved; out come tables that are
laid out as our own are, which the same code reads. What waits for a yes is not read: it is counted, and told once for
each column and text. Rows of several tables that are one visit are joined here, by key or by citizen and day.
The room proposes nothing, decides nothing, and knows neither maps nor the window.
"""
