"""The pages and records over HTTP: where they are, how they are refused, and what is no page."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stances import words
from stances.dataset.faults import Fault
from stances.links.pages import MAIN, RECORDS
from stances.routes.pool import Endpoint, Handler, Maker

# What answers with the document of a page in `PAGES`.
Documents = Callable[[str], Handler]
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_REFUSED = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ font: 16px/1.5 sans-serif; max-width: 70ch; margin: 32px auto }}</style></head>
<body><h1>{title}</h1><p>{detail}</p>{faults}<p><a href="{home}">The first page</a></p></body>
</html>"""


def endpoints(maker: Maker, documents: Documents, base_path: str = "") -> dict[str, Endpoint]:
    """Return what answers at the address of each page and record: the handler that `documents` has
    for its path, which `maker` makes an endpoint.
    """
    path_by_address = {f"/{path}": path for path in MAIN}
    for path, parameter in RECORDS.items():
        path_by_address[f"/{path}/{{{parameter}}}"] = path

    # The links of answers are under the base path, and so are those of refusals.
    refuse = partial(refused, base_path)
    endpoint_by_address = {}
    for address, path in path_by_address.items():
        handler = documents(path)
        endpoint_by_address[address] = maker.serve(handler, base_path, refuse)
    return endpoint_by_address


def refused(
    base_path: str,
    status: int,
    detail: str,
    parameter: str = "",
    retry: int = 0,
    faults: Sequence[Fault] = (),
) -> Response:
    """Return a refusal as a page, in the form of `pool.problem`, with all faults of the data."""
    sentence = words.capital(detail)
    if not sentence.endswith("?"):
        sentence += "."
    fault_lines = [f"<p><code>{escape(str(fault))}</code></p>" for fault in faults]
    base = base_path.strip("/")
    document = _REFUSED.format(
        title=HTTPStatus(status).phrase,
        detail=escape(sentence),
        faults="".join(fault_lines),
        home=f"/{base}/" if base else "/",
    )

    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    if retry:
        headers["Retry-After"] = str(retry)
    return HTMLResponse(document, status, headers)


class Lost:
    """ASGI middleware that says where there is no page: there Streamlit would answer with a page of
    its own, which alone has no policy.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self.refusal = refused(base_path, 404, "there is no page at this address")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        # The body of an answer comes in messages after its head, which alone shows whose it is.
        is_lost = False

        async def unless_lost(message: Message) -> None:
            nonlocal is_lost
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                is_html = headers.get("content-type", "").startswith("text/html")
                # All our pages have a policy, that of Streamlit has none.
                is_lost = is_html and "content-security-policy" not in headers
                if is_lost:
                    await self.refusal(scope, receive, send)
            if not is_lost:
                await send(message)

        await self.app(scope, receive, unless_lost)
