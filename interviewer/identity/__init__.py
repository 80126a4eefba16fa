"""Who a candidate is: bearer tokens (JWT, RFC 7519) checked, and the keys they are checked with. No Flask."""
