"""Whether a draft may be published: what it lacks, what it would change, and advice."""
