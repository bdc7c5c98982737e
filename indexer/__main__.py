"""`python -m indexer`: see `--help`."""

from indexer.cli import main

if __name__ == "__main__":
    main()
