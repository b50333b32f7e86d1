"""Work that never ends, a step at a time: started together or one by one, ended by SIGTERM after the step under way."""
