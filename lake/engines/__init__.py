"""Engines: what runs the tasks of a command. `local` has the processes of one machine, `spark` those of a cluster."""
