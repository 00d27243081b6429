"""A draft looked at before it is published: findings, a preview, the history."""
