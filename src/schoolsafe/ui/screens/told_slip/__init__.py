"""Telling an adult without a login no more than they need, and the record of the telling.

Never here: the wording (domain.told_slip), the page (reports), another screen.
"""
