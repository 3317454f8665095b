"""A demo shop: real or simulated purchases, dressed as people, written as each vendor exports them."""

INSTALL = "pip install --no-deps --require-hashes -r orchestration/demo/requirements.lock"
