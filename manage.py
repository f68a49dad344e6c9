#!/usr/bin/env python
"""The commands: `manage.py help` lists them."""

from config.start import main

if __name__ == "__main__":
    main()
