"""Growing graphs, one file a tool: `grow(model, people, seed, threads)` returns the ties and the seconds."""
