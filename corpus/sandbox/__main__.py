"""`python -m corpus.sandbox MODULE`: runs the module as a program, in the sandbox from its first statement on."""

import sys

from corpus.sandbox.process import isolate

isolate(sys.argv[1])

import runpy  # noqa: E402 - nothing may be imported before that need not

del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
