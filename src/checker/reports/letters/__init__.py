"""Letters in Word: which finding goes into which letter, what a template may use, and how it is filled in.

``sorting`` decides, ``context`` puts what a letter says into the words of a template, ``filling`` makes the document;
the templates stand in ``templates/`` and are made by ``tools/letter_templates.py``.
"""
