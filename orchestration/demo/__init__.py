"""A demo shop: real purchase histories, dressed as an EC-CUBE 4.3 shop, written as that shop exports them."""

INSTALL = "pip install --no-deps --require-hashes -r orchestration/demo/requirements.lock"
