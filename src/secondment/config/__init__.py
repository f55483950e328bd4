"""Settings, addresses, web application object. Every process that opens the database imports this package first."""

from secondment.common.sqlite_library import use_shipped_library

use_shipped_library()
