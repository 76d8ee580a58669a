"""``python -m radnlp`` is the same program as ``radnlp``."""

import sys

from radnlp.cli import main

if __name__ == "__main__":
    sys.exit(main())
