"""The PST service: a commune's strategic plans, kept once and read by all who share them."""
