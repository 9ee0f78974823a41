"""The ways by which an answer is given without computing it anew."""
