"""The behaviours of the stand-in that fail in HTTP or TCP, whatever the task."""

import dataclasses

from tests.stand_in_behaviours import SAID, Behaviour, good
from tests.stand_in_calls import Call, Reply, Wire, completion, error


def _status(status: int, message: str, **headers: str) -> Behaviour:
    return lambda _: error(status, message, **headers)


def _sent(wire: Wire) -> Behaviour:
    """The good reply, sent badly."""
    return lambda call: dataclasses.replace(good(call), wire=wire)


def unauthorized(call: Call) -> Reply:
    """401, with the key in its text, as some servers do."""
    return error(401, f"Incorrect API key provided: {call.headers.get('authorization', 'none')}.")


def unknown_model(call: Call) -> Reply:
    """404, with the model's name."""
    return error(404, f"The model `{call.body.get('model')}` does not exist or you do not have access to it.")


def no_response_format(call: Call) -> Reply:
    """400 whenever response_format is there, in words that name it; else good."""
    if "response_format" in call.body:
        return error(400, "Unrecognized request argument supplied: response_format")
    return good(call)


def json_object_only(call: Call) -> Reply:
    """400 for json_schema; else good."""
    if call.rung == "json_schema":
        return error(
            400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
        )
    return good(call)


def strict(call: Call) -> Reply:
    """400 for what OpenAI's own server refuses: a schema that is not all closed, json_object without the word JSON."""
    if call.rung == "json_schema" and (fault := _open_place(call.body["response_format"]["json_schema"]["schema"])):
        return error(400, f"Invalid schema for response_format: {fault}")
    if call.rung == "json_object" and not any("json" in str(m.get("content")).casefold() for m in call.messages):
        return error(400, "'messages' must contain the word 'json' in some form, to use 'response_format'.")
    return good(call)


def _open_place(schema: object, path: str = "$") -> str | None:
    """The first object in a schema that does not close and require all its properties."""
    if isinstance(schema, list):
        return next((fault for item in schema if (fault := _open_place(item, path))), None)
    if not isinstance(schema, dict):
        return None
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            return f"{path}: 'additionalProperties' is required to be supplied and to be false"
        if set(schema.get("required", ())) != set(schema.get("properties", {})):
            return f"{path}: 'required' must name every key in properties"
    return next((fault for name, inner in schema.items() if (fault := _open_place(inner, f"{path}.{name}"))), None)


def bad_gateway(_: Call) -> Reply:
    """502 with a page, as from a proxy."""
    return Reply(b"<html><body><h1>502 Bad Gateway</h1></body></html>", 502, "text/html")


def html_reply(_: Call) -> Reply:
    """200 with a page, as from a captive portal."""
    return Reply(b"<html><body>Please log in to this network.</body></html>", 200, "text/html")


def tool_call(call: Call) -> Reply:
    """A completion that stops for a tool, with no content."""
    return completion(call, None, finish_reason="tool_calls")


FAILURES: dict[str, Behaviour] = {
    "no_response_format": no_response_format,
    "json_object_only": json_object_only,
    "strict": strict,
    "unauthorized": unauthorized,
    "unknown_model": unknown_model,
    "rate_limited": _status(429, "Rate limit reached for requests.", **{"Retry-After": "1"}),
    "rate_limited_silently": _status(429, "Rate limit reached for requests."),
    "server_error": _status(500, "The server had an error while processing your request."),
    "bad_gateway": bad_gateway,
    "hang": _sent("hang"),
    "drip": _sent("drip"),
    "drip_headers": _sent("drip_headers"),
    "dropped": _sent("dropped"),
    "dropped_midway": _sent("dropped_midway"),
    "html_reply": html_reply,
    "redirect": _status(307, "Moved."),
    "tool_call": tool_call,
}
BEHAVIOURS: dict[str, Behaviour] = SAID | FAILURES
