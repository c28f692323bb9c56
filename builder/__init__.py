"""Pressmark: a folder of captured news pages becomes a citable archive of plain files."""

__version__ = "0.1.0"
