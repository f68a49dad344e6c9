"""What `manage.py check --deploy` says of an installation before it starts: each thing that is wrong, and its remedy."""
