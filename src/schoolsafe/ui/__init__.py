"""PySide6 lives here and nowhere else: the window, its screens, widgets, theme.

And the one module with threads.

Never here: rules of the field, SQL, files.
"""
