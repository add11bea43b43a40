"""Tests: flat, named after the room and file whose rule they tell."""
