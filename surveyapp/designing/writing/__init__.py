"""The editor: a draft written part by part, beside its outline."""
