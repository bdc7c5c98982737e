"""The currency in which all prices are compared."""

HOME_CURRENCY = "CAD"
