"""The stream process's own small HTTP server: no task, queue or generator per idle connection."""
