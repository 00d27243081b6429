"""The production server: two processes, few threads, because SQLite has one writer."""

import os

from config import for_server

bind = f"127.0.0.1:{for_server(os.environ, 'PORT')}"
worker_class = "gthread"
workers = for_server(os.environ, "WEB_WORKERS")
threads = for_server(os.environ, "WEB_THREADS")
keepalive = 75
preload_app = True
control_socket_disable = True
# A request's address, path and time would tell who answered what: no access log.
accesslog = None
