"""The formats of a validation report."""
