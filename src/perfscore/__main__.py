"""`python -m perfscore`: the command without its script."""

import sys

from perfscore.cli import main

sys.exit(main())
