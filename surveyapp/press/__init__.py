"""The press: public tables become labelled rows, files and pictures."""
