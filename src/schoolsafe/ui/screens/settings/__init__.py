"""What a school and a person choose: its days, its classes, the look, its words, the way in, the proof.

Never here: keys, files, another screen.
"""
