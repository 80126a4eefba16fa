"""The base of every body, query and reply of the API."""

import copy
import functools
from typing import Any

from pydantic import BaseModel


class Described(BaseModel):
    """A model whose JSON schema, which is part of openapi.json, is made once a process.

    A reply stands at many routes, and making its schema anew for each was most of the time that an application took
    to be made.
    """

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The schema; a copy, since flask-openapi3 takes it apart."""
        return copy.deepcopy(_schema_of(cls, *args, **kwargs))


@functools.cache
def _schema_of(model: type[Described], *args: Any, **kwargs: Any) -> dict[str, Any]:
    return super(Described, model).model_json_schema(*args, **kwargs)
