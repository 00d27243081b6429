"""The application for the server and for ``flask --app wsgi``."""

import os
import sys

from config import ConfigurationError, from_environment
from surveyapp import create_app

try:
    # The demo writes a secret of its own; everything else needs one to be set. Before the name
    # of the command there may be "--app wsgi".
    settings = from_environment(os.environ, make_demo="demo" in sys.argv[1:4])
except ConfigurationError as error:
    sys.exit(str(error))

app = create_app(settings)
