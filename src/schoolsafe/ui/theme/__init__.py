"""Colours, sizes, icons: the only place with a colour literal.

``tokens`` the tables, ``sheet`` the style sheet, ``style`` the look in use (``scale``, ``gap``,
``colour``), ``icons`` tinted SVGs.

Never here: words, widgets with behaviour.
"""
