"""What every lint is made of: its page and examples, the rules laid out before it, and the waivers in the files."""
