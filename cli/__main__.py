"""`python -m tieuchi.cli`, for where the `tieuchi` command is not on the path."""

import sys

from tieuchi.cli import main

sys.exit(main())
