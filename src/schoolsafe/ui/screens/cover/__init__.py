"""The cover rota and the school's contact card for the police.

Never here: the rules of cover (domain.cover), another screen.
"""
