from tests.staff import (  # noqa: F401 - fixtures
    administrator,
    as_administrator,
    as_manager,
    as_viewer,
    filled,
    manager,
    ours,
    theirs,
    viewer,
)
