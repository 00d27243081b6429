"""The cellar: every table and every query; the only room that writes."""
