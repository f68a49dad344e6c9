"""Jobs of the background worker: their heartbeat, and how long they have run."""
