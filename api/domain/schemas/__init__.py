"""The words that cross the border: what callers may say, and what they are answered."""
