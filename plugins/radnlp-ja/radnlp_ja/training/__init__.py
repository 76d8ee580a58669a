"""Training of the sentence classifier ``linear``; needs the extra ``train`` (scipy).

Importing this package sets numpy's sums to one thread, when numpy is not loaded yet: on several they come out in
another order each time, and the weights would not be the same bytes.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
