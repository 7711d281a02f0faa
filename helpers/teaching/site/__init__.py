"""The course as an address: pages to read, and notebooks that run in the browser."""
