"""Reading messages: what is asked for, from tables, patterns and, where these fail, a classifier."""
