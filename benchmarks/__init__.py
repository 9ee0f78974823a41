"""Measures the claims about speed, side by side with what somebody would use instead: `python -m benchmarks`."""
