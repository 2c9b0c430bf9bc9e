/** An HTTP handler as in Hono, Next.js route handlers, Deno, Bun and service workers. */
export type Handler = (request: Request) => Promise<Response>;

/** Anchors, each as a domain that is discovered, as a discovered `Anchor`, or by its values. */
export type AnchorList = readonly (string | Anchor | TrustedAnchor)[];

/**
 * The anchors of a wallet's server: a list, or a function that returns one, such as from a database. Domains are discovered, and the
 * function called, when the first request comes: not when the server is built or started. When a signature is from none of them they are
 * read again, at most once a minute, because anchors change their keys. A discovered `Anchor` in a list keeps its key.
 */
export type KnownAnchors = AnchorList | (() => AnchorList | Promise<AnchorList>);

/** The wallet's key and domain, and the requests that the signing service accepts. */
export interface SigningServiceOptions {
    /** The key whose address is the `SIGNING_KEY` in the stellar.toml of `domain`. It signs nothing else and holds no money. */
    keypair: Keypair;
    /** The wallet's domain: a bare host name. */
    domain: string;
    /** The anchors whose challenges are signed. */
    anchors: KnownAnchors;
    /**
     * Whether the request comes from a user of the wallet, judged by its headers: do not read the body. Every client that is let in can
     * pass for the wallet.
     */
    authorize: (request: Request) => boolean | Promise<boolean>;
    /** The present time in Unix seconds, for tests; the system clock's, if absent. */
    clock?: () => number;
}

/**
 * The signing service of a wallet's own server: it holds the key of the wallet's domain, which proves to an anchor that a user signs in
 * with this wallet (`client_domain` of SEP-10). It signs only challenges of its `anchors` that name its domain and key.
 *
 * It answers `{transaction, network_passphrase}` with the same, signed, and `{message}`, the argument of a client domain's `vouch`, with
 * `{signature}` in base64. A refusal is `{error, code}`.
 *
 * @example
 * ```ts
 * import { Keypair } from "windlass";
 * import { signingService } from "windlass/server";
 *
 * const sign = signingService({
 *     keypair: await Keypair.random(), // yours: Keypair.fromSecret(process.env.CLIENT_DOMAIN_SEED)
 *     domain: "wallet.example.org",
 *     anchors: ["anchor.example.com"],
 *     authorize: (request) => request.headers.get("Authorization") === "Bearer a user's token",
 * });
 *
 * const response = await sign(new Request("https://wallet.example.org/sign", { method: "POST", body: "{}" }));
 * console.log(response.status, (await response.json()).code); // 401 token_invalid
 * ```
 */
export function signingService(options: SigningServiceOptions): Handler;

/** The anchors whose callbacks are handled, and the function that handles them. */
export interface CallbackHandlerOptions extends Omit<CallbacksOptions, "signingKey"> {
    /** The anchors that send callbacks. Either this or `signingKey` is needed. */
    anchors?: KnownAnchors | undefined;
    /** The `SIGNING_KEY` of the only anchor, in place of `anchors`. */
    signingKey?: string | undefined;
    /**
     * Called with each customer whose status changed. Ids of customers are the anchor's: `homeDomain` tells which one it is, and is
     * undefined if the options have a `signingKey`. If the function throws, the anchor sends the callback again.
     */
    onCustomer: (customer: Customer, from: { homeDomain: string | undefined }) => void | Promise<void>;
}

/**
 * A handler for the URL of `session.setCallback`. It answers 204 to a valid callback and 401 to any other request; 503 if the callback may
 * be from an anchor whose stellar.toml cannot be read. Exceptions of `onCustomer` reach the server that called the handler, which answers
 * 500.
 *
 * @example
 * ```ts
 * import { callbackHandler } from "windlass/server";
 *
 * const receive = callbackHandler({
 *     anchors: ["anchor.example.com"],
 *     host: "wallet.example.org",
 *     onCustomer: ({ id, status }, { homeDomain }) => console.log(homeDomain, id, status),
 * });
 *
 * const response = await receive(new Request("https://wallet.example.org/callback", { method: "POST", body: "{}" }));
 * console.log(response.status, (await response.json()).code); // 401 invalid_callback
 * ```
 */
export function callbackHandler(options: CallbackHandlerOptions): Handler;

/** The part of a request of Node's `http` or of Express that `forNode` needs. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
    /** Such as `POST`. */
    method?: string;
    /** By lower-case names. */
    headers: { readonly [name: string]: string | readonly string[] | undefined };
    /** Whether the whole request has been received. */
    complete: boolean;
}

/** The part of a response of Node's `http` or of Express that `forNode` needs. */
export interface NodeResponse {
    /** Whether an answer has begun. */
    readonly headersSent: boolean;
    /** Begins an answer. */
    writeHead(status: number, headers?: { [name: string]: string }): void;
    /** Ends it. */
    end(body?: Uint8Array): void;
}

/**
 * A handler in the form of Node's `http` and of Express. In Express it comes before `express.json()`: it reads the body itself.
 *
 * @example
 * ```ts
 * import { forNode } from "windlass/server";
 *
 * const listen = forNode(async () => Response.json({ hello: "world" }));
 * // For `createServer(listen)` of node:http, and `app.post("/sign", listen)` of Express.
 * console.log(typeof listen); // function
 * ```
 */
export function forNode(handler: Handler): (request: NodeRequest, response: NodeResponse, next?: (error: Error) => void) => Promise<void>;
