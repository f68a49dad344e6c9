"""What stands between granian and Django: a request reaches a thread when its body is here, whole, in time and small enough."""
