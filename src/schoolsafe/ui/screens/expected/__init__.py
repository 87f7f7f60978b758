"""Notices that should have come and did not, about one child: put on record, chased, closed.

Never here: the child's file, another screen.
"""
