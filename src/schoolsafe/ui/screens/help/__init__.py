"""The manual inside the program: a page for each screen, searchable, offline.

Never here: services, another screen.
"""
