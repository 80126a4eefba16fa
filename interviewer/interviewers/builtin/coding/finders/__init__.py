"""Finders: what shows each sign in a function, by what they look at. `signs` names them."""
