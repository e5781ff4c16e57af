"""Row evaluator: patterns, windows, three-valued conditions and due dates of one case, to ground facts."""
