"""The locked list: norms that no change may weaken without an entry that a person has reviewed."""
