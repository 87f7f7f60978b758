"""Colours, sizes, icons: the only place with a colour literal.

Never here: words, widgets with behaviour.
"""
