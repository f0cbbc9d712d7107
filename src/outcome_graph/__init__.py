"""Outcome Graph."""
