"""From the library to pages, and from pages to bytes."""
