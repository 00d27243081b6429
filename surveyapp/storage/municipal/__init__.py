"""Municipalities: their places, postal prefixes, profiles and logos."""
