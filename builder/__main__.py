"""`python -m builder` and `pressmark` are one command."""

from builder.cli import main

if __name__ == "__main__":
    main()
