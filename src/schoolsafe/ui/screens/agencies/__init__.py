"""Agencies and sharing: contact book, helplines, what was shared, the child's voice, the area's settings.

Never here: the rules behind them (domain), one child's file.
"""
