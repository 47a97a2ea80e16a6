"""The processes that read logs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor


@contextlib.contextmanager
def executor(workers: int) -> Iterator[Executor | None]:
    """None for one: this process is enough. Raises AudienceError when one of them dies."""
    if workers == 1:
        yield None
        return
    from concurrent.futures.process import BrokenProcessPool

    from guichet.audience import warm
    from guichet.audience.errors import AudienceError
    from guichet.operations import batches

    warm.up()  # before the fork, so that it is not done in each
    try:
        with batches.processes(workers, None) as executor:
            yield executor
    except BrokenProcessPool:
        raise AudienceError("a worker process died") from None
