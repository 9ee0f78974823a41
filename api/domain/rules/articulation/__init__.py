"""How a PST joins a PCS: detection, conversion, suggestions."""
