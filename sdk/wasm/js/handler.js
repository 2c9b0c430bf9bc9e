// Shared by the HTTP handlers of a wallet's server, which take a `Request` and return a `Response`.
import { WindlassError } from "./error.js";

/** A refused request and the status to answer it with. Any other exception of a handler goes to its caller. */
class Refusal extends Error {
    constructor(status, code, message) {
        super(message);
        Object.assign(this, { status, code });
    }
}

export function refuse(status, code, message) {
    throw new Refusal(status, code, message);
}

/**
 * A handler of POST. `work` takes the request and a function that reads its body, of at most `longest` bytes. What it returns is answered as
 * JSON; `undefined` is a 204.
 */
export const handler = (longest, work) => async (request) => {
    try {
        if (request.method !== "POST") refuse(405, "method_not_allowed", "send POST");
        return answer(await work(request, () => read(request, longest)));
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return answer({ error: error.message, code: error.code }, error.status);
    }
};

function answer(body, status = 200) {
    const headers = { "Cache-Control": "no-store" };
    if (body === undefined) return new Response(null, { status: 204, headers });
    if (status === 405) headers.Allow = "POST";
    // `Response.json` is missing in service workers of before 2023.
    return new Response(JSON.stringify(body), { status, headers: { ...headers, "Content-Type": "application/json" } });
}

async function read(request, longest) {
    let length = 0;
    const parts = [];
    for (const reader = request.body?.getReader(); reader; ) {
        const { done, value } = await reader.read();
        if (done) break;
        length += value.length;
        if (length > longest) {
            await reader.cancel();
            refuse(413, "too_large", "the request is too large");
        }
        parts.push(value);
    }
    const body = new Uint8Array(length);
    length = 0;
    for (const part of parts) {
        body.set(part, length);
        length += part.length;
    }
    return body;
}

/** Adapts a handler to Node's `http` and to Express, where it must come before anything else reads the body. */
export function forNode(handle) {
    if (typeof handle !== "function") throw new WindlassError("invalid_request", "forNode takes a handler: a function");
    return (incoming, outgoing, next) => adapt(handle, incoming, outgoing, next);
}

async function adapt(handle, incoming, outgoing, next) {
    try {
        const { method, headers } = incoming;
        const pairs = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((value) => [name, value]));
        const body = method === "GET" || method === "HEAD" ? {} : { body: incoming, duplex: "half" };
        const response = await handle(new Request("http://localhost/", { method, headers: pairs, ...body }));
        const bytes = new Uint8Array(await response.arrayBuffer());
        // Close the connection instead of waiting for the rest of a body that is too long.
        outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...(incoming.complete ? {} : { Connection: "close" }) });
        outgoing.end(bytes);
    } catch (error) {
        if (next) return next(error);
        if (!outgoing.headersSent) outgoing.writeHead(500);
        outgoing.end();
        throw error;
    }
}
