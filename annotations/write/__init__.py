"""What people do to the register besides marking, each act with a transaction of its own."""
