from tests.staff import (  # noqa: F401 - fixtures
    administrator,
    as_administrator,
    as_manager,
    as_viewer,
    manager,
    ours,
    theirs,
    viewer,
)
