"""Parts that several screens share.

Never here: services, one screen's logic.
"""
