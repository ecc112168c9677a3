"""Reading a text edge list, one file a tool: `read(path, threads)` returns the ties and the seconds."""
