"""One notice: who it is about, what was told, what happens this morning, and what follows.

Never here: rules, SQL, another screen.
"""
