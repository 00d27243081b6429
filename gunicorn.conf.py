"""The production server: two processes, few threads, because SQLite has one writer."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
keepalive = 75
preload_app = True
control_socket_disable = True
# A request's address, path and time would tell who answered what: no access log.
accesslog = None
