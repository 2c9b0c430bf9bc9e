// The anchors that a wallet's server deals with: objects, domains, or a function that returns both. Domains are discovered when an anchor
// is first needed, so that building and starting the server does not need the network.
import { WindlassError, isWindlassError } from "./error.js";
import { refuse } from "./handler.js";

/** The shortest time between two readings, in milliseconds. */
const PAUSE = 60_000;

export class Anchors {
    /** The anchors if all are objects, so that they can be checked at once. */
    known;
    #given;
    #discover;
    #read = Promise.resolve({ anchors: [] });
    #at = -Infinity;

    /** `discover` reads the anchor of a domain. */
    constructor(given, discover) {
        const list = Array.isArray(given) && given.length > 0;
        if (!list && typeof given !== "function") throw invalid("anchors must name at least one anchor, or be a function that returns them");
        if (list && !given.some(isDomain)) this.known = given.map(members);
        this.#given = given;
        this.#discover = discover;
    }

    /**
     * What `use` returns for the anchors. If that is undefined, none of them fits: they are read again, because they change their keys
     * (S01-18), but at most once a minute. If one of them cannot be read, it may be the one that fits: the request is refused with 503.
     */
    async find(use) {
        if (this.known) return use(this.known);
        if (this.#at === -Infinity) this.#readAgain();
        for (;;) {
            const reading = this.#read;
            const { anchors, error } = await reading;
            const found = await use(anchors);
            if (found !== undefined) return found;
            // Another request has begun to read them again.
            if (this.#read !== reading) continue;
            if (performance.now() - this.#at > PAUSE) {
                this.#readAgain();
                continue;
            }
            if (error === undefined) return undefined;
            // If the server's own function failed, that is for its log.
            if (!isWindlassError(error)) throw error;
            refuse(503, error.code, error.message);
        }
    }

    #readAgain() {
        this.#at = performance.now();
        this.#read = this.#all(this.#read);
    }

    /** Every anchor that can be read; one that cannot be read now keeps the key that it had `before`. */
    async #all(before) {
        const { anchors: old } = await before;
        try {
            const given = typeof this.#given === "function" ? await this.#given() : this.#given;
            const results = await Promise.allSettled(given.map(async (it) => members(isDomain(it) ? await this.#discover(it) : it)));
            const anchors = results.map(({ value }, i) => value ?? old.find(({ homeDomain }) => homeDomain === given[i]));
            return { anchors: anchors.filter(Boolean), error: results.find(({ reason }) => reason)?.reason };
        } catch (error) {
            return { anchors: old, error };
        }
    }
}

const isDomain = (anchor) => typeof anchor === "string";

const invalid = (why) => new WindlassError("invalid_request", why);

/** The members of a discovered anchor, or of an object that lists them. */
function members(anchor) {
    const { homeDomain, networkPassphrase } = anchor ?? {};
    const { signingKey, webAuthEndpoint } = anchor?.info ?? anchor ?? {};
    if (!signingKey) throw invalid(`${homeDomain ?? "an anchor"} has no signingKey`);
    return { homeDomain, networkPassphrase, signingKey, webAuthEndpoint };
}
