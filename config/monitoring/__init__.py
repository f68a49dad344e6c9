"""What a monitor reads of this installation over time."""
