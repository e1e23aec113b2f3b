"""What the tests stand on: servers, databases, a clock, a worker, a browser, and guards against silent faults."""
