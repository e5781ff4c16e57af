"""Mutation testing of norms: small changes that a slip of the pen could make, and whether some fixture notices."""
