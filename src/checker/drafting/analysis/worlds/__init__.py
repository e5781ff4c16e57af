"""Small cases built on purpose: to open a norm, to fulfil it, to break it, to let a clause act."""
