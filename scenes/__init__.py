"""Lectures: one file, one Scene, one question each."""
