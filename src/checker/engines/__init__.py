"""Core and cases to findings: ground facts first, then inference over them."""
