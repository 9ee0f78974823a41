"""Made-up communes of real size, for measuring."""
