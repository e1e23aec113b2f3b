"""PostgreSQL and Valkey for the demo and the tests, from wheels. Production has its own, by DATABASE_URL and REDIS_URL.

Both servers listen on a unix socket in a folder that only its owner can enter, never on the network. They are
children of the process that starts them and end with it, also when it is killed.
"""
