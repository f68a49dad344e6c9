"""The sandbox of a process that reads hostile bytes: what its parsers may ask of the kernel once somebody else runs them.

`python -m corpus.sandbox MODULE` runs a module in it; the module calls `process.confine()` when its imports are done. The kernel
holds each layer, Python none but the last, and `Layers` says which of them there are. Linux on x86_64 and aarch64.
"""
