"""One package a screen: view, Qt-free presenter, list model.

Never here: one screen importing another.
"""
