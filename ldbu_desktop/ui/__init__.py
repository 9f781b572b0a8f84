"""The window: the only room that knows Qt. What is open comes from the session, what it means from the core's values;
out of it goes nothing but what the user asks for. ``application`` starts ``main_window``, which shows the pages of
``pages``; what can be done stands in ``actions`` as data. One folder a page; what pages share stands in ``kit``
(general) and ``findings`` (whatever shows findings). Nothing in it may hold data of its own, or do work that takes
time: that runs through ``jobs``.
"""
