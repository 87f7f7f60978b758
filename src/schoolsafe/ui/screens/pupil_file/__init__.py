"""One child's file: who they are, how often, what happened, what was told to whom.

Never here: a notice's own work (notification), another screen.
"""
