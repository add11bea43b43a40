"""`python -m scraper` does what `dateline` does."""

from scraper.cli import main

if __name__ == "__main__":
    main(prog_name="dateline")
