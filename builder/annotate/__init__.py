"""What one article names, whom it quotes and what it is about: Article → Facts, pure."""
