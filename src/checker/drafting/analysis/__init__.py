"""What a set of rules does to those who must obey it, found before it is issued.

``kinds/`` holds one file an analysis; ``logic/`` decides what can be decided from the words alone, ``worlds/`` builds
small cases on purpose and runs them through the ordinary engine.
"""
