"""Bad, odd and malicious input."""
