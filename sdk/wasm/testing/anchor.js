// An anchor for tests: the server's own endpoints in WebAssembly, behind a `fetch` that reaches no network.
import { Instance, initSync } from "./pkg/windlass_test_anchor.js";
import { decode } from "../js/text.js";
import { Failures } from "./failures.js";
import { Clock, Customers, Ledger } from "./parts.js";

/** The script of customers that have none of their own. */
const DEFAULT = [{ status: "NEEDS_INFO", fields: ["first_name", "last_name", "email_address"] }, { status: "ACCEPTED" }];

/** Makes `testAnchor`, which reads and compiles the module when it is first called. */
export function testAnchorFrom(read) {
    let loading;
    return async function testAnchor(options = {}) {
        loading ??= WebAssembly.compile(decode(read())).then((module) => initSync({ module }));
        await loading;
        return new TestAnchor(options);
    };
}

class TestAnchor {
    #instance;
    #failures = new Failures();
    #replaced;

    constructor({ domain = "anchor.test", now, seed = 1, ...rest }) {
        const settings = {
            domain,
            seed,
            network: rest.network ?? "Test SDF Network ; September 2015",
            sessionLifetime: rest.sessionLifetime ?? 86_400,
            organization: rest.organization ?? "Test Anchor",
            types: rest.types ?? [],
            clientDomainRequired: rest.clientDomainRequired ?? false,
            default: Customers.steps(rest.default ?? DEFAULT),
        };
        this.#instance = new Instance(settings);
        this.domain = domain;
        this.networkPassphrase = settings.network;
        this.signingKey = this.#instance.signingKey();
        this.clock = new Clock(now);
        this.customers = new Customers(this.#instance);
        this.ledger = new Ledger(this.#instance);
        this.requests = [];
        this.fetch = this.fetch.bind(this);
    }

    async fetch(input, init) {
        const real = this.#replaced ?? globalThis.fetch;
        if (!this.#isMine(input)) return real(input, init);
        const request = new Request(input, init);
        const { pathname, search } = new URL(request.url);
        const body = new Uint8Array(await request.arrayBuffer());
        const asked = { method: request.method, url: request.url, path: pathname + search, headers: request.headers, body };
        this.requests.push(asked);
        const answer = (headers = request.headers) => {
            const answered = this.#instance.answer(this.clock.now, request.method, asked.path, [...headers], body);
            const { status, headers: told } = answered;
            // `new Response` refuses any body for these, even an empty one.
            const content = status === 204 || status === 304 ? null : answered.body;
            answered.free();
            return new Response(content, { status, headers: told });
        };
        const response = await this.#failures.answer(asked, answer, request.signal, {
            token: (account, seconds) => this.token(account, { expiresIn: seconds }),
            challenge: (query, flaw) => this.#instance.flawed(this.clock.now, query, flaw),
        });
        asked.status = response.status;
        return response;
    }

    install() {
        if (this.#replaced === undefined) {
            this.#replaced = globalThis.fetch;
            globalThis.fetch = this.fetch;
        }
        return this;
    }

    restore() {
        if (this.#replaced === undefined) return;
        if (globalThis.fetch === this.fetch) globalThis.fetch = this.#replaced;
        this.#replaced = undefined;
    }

    [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
        this.restore();
    }

    fail(failure) {
        return this.#failures.add(failure);
    }

    token(account, { expiresIn = 86_400 } = {}) {
        return this.#instance.token(this.clock.now, account, expiresIn);
    }

    callback(account, { url } = {}) {
        const told = this.#instance.callback(this.clock.now, account, url);
        return { url: told.url, body: told.body, headers: { "Content-Type": "application/json", Signature: told.signature } };
    }

    clientDomain(domain, address) {
        this.#instance.setClientDomain(domain, address);
    }

    /** Whether a request is for this anchor. A relative URL is left to the real `fetch`. */
    #isMine(input) {
        try {
            const { protocol, host } = new URL(input instanceof Request ? input.url : input);
            return protocol === "https:" && host === this.domain;
        } catch {
            return false;
        }
    }
}
