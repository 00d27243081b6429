"""The audit log as administrators read it."""
