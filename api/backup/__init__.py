"""An installation in one file, and back: its archive, how it is made, how it is restored."""
