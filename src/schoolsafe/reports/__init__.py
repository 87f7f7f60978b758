"""Printed pages from frozen dataclasses. The only importer of `reportlab`.

Never here: queries, decisions.
"""
