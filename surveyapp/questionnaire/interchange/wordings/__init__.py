"""Texts out to a translator and back: CSV, XLIFF and PO, judged row by row."""
