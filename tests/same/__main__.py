"""`python -m tests.same`: the table of measure.py."""

from tests.same.measure import main

if __name__ == "__main__":
    main()
