"""Protocol cards: which the school goes by, and its own copy of each.

Never here: what a card asks (domain.protocol_card), another screen.
"""
