"""What two people changed: the worklist, and both values side by side.

Never here: which value counts (the field's rule), another screen.
"""
