"""`make bench`: our figures beside stock OpenFisca-France's and `openfisca serve`'s, from one run.

Three engines answer the same questions in turn (ours, stock, serve, ours, stock, serve...), each in its own process,
warm, all on one core, of which one at a time works. A figure is the median of the processor's milliseconds: a busy
machine moves them less than a clock's. Budgets are said held or missed; nothing fails for being slow.
"""

import os

# NumPy's threads would use other cores: to be set before it is imported, here and in the engines.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMEXPR_MAX_THREADS"):
    os.environ[_variable] = "1"
