/** Whose callbacks are received, and where. */
export interface CallbacksOptions {
    /** The anchor's `SIGNING_KEY`: `anchor.info.signingKey`. */
    signingKey: string;
    /** The host of the URL that was registered, with its port if the URL names one. From your configuration, not from a request. */
    host: string;
    /** Nothing older is taken, in seconds: 120 if absent, and at most. */
    maxAge?: number | undefined;
    /** How many callbacks are remembered at a time, to refuse replays: 10,000 if absent. Those beyond are refused. */
    capacity?: number | undefined;
}

/** A request as it came. */
export interface CallbackRequest {
    /** All its headers: those of `fetch`, of Node's `http`, or pairs. */
    headers:
        | Iterable<readonly [string, string]>
        | { readonly [name: string]: string | readonly string[] | undefined };
    /** The body, exactly as it came: before anything has parsed it. */
    body: Uint8Array | string;
    /** Unix seconds; the clock's, if absent. */
    now?: number | undefined;
}

/** A callback as it was received. */
export interface ReceivedCallback {
    /** The anchor's `SIGNING_KEY`. */
    signingKey: string;
    /** The receiver's own host, with its port if the callback's URL names one. From its configuration, not from the request. */
    host: string;
    /** The value of the `Signature` header. */
    header: string;
    /** The body, exactly as it came. */
    body: Uint8Array | string;
    /** Unix seconds; the clock's, if absent. */
    now?: number | undefined;
}
