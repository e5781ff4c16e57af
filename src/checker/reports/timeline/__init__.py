"""The picture of one case in time, as data: what is told, the scale of days, where each mark stands.

``facts.py`` takes from a case what is drawn, ``scale.py`` puts days on a line, ``flags.py`` and ``bars.py`` place
events and deadlines, ``picture.py`` puts all together; a template draws it.
"""
