/** The failures that tests have ordered, the oldest first. */
export class Failures {
    #ordered = [];

    add(failure) {
        const order = { ...failure, left: failure.times ?? 1 };
        this.#ordered.push(order);
        return () => {
            order.left = 0;
        };
    }

    /** The answer to a request, or the failure that was ordered for it. */
    async answer(asked, answer, signal, make) {
        signal.throwIfAborted();
        const order = this.#ordered.find((order) => order.left > 0 && matches(order, asked));
        if (order === undefined) return answer();
        order.left -= 1;
        if (order.network) throw new TypeError("Failed to fetch");
        if (order.hang) return forever(signal);
        if (order.token !== undefined) return answer(withToken(asked.headers, order.token, make));
        if (order.challenge !== undefined) return flawed(asked, answer(), order.challenge, make);
        const headers = new Headers({ "Content-Type": order.contentType ?? "application/json" });
        if (order.retryAfter !== undefined) headers.set("Retry-After", String(order.retryAfter));
        const { status = 200, error = "a failure that was ordered", code } = order;
        return new Response(order.body ?? JSON.stringify(code === undefined ? { error } : { error, code }), { status, headers });
    }
}

/** A path such as `/customer` also matches the paths below it, and the same under an endpoint's base path. */
function matches({ path, method }, asked) {
    const { pathname } = new URL(asked.url);
    const within = (whole) => whole === path || whole.startsWith(`${path}/`);
    const named = path === undefined || within(pathname) || within(pathname.replace(/^\/(kyc|auth)(?=\/)/, ""));
    return named && (method === undefined || method === asked.method);
}

function forever(signal) {
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

function withToken(given, kind, make) {
    const headers = new Headers(given);
    const claims = (headers.get("Authorization") ?? "").split(".")[1];
    if (claims === undefined) return headers;
    const { sub } = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/")));
    headers.set("Authorization", `Bearer ${kind === "expired" ? make.token(sub, -1) : `${make.token(sub, 60)}x`}`);
    return headers;
}

async function flawed(asked, response, flaw, make) {
    const query = Object.fromEntries(new URL(asked.url).searchParams);
    if (asked.method !== "GET" || !response.ok || query.account === undefined) return response;
    const { account, memo, home_domain, client_domain } = query;
    const challenge = { ...(await response.json()), transaction: make.challenge({ account, memo, home_domain, client_domain }, flaw) };
    return new Response(JSON.stringify(challenge), { status: response.status, headers: response.headers });
}
