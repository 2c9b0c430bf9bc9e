// An HTTP handler for the callbacks of one or several anchors.
import { Anchors } from "./anchors.js";
import { WindlassError, isWindlassError } from "./error.js";
import { handler, refuse } from "./handler.js";

/** The longest body, in bytes: a customer is a few kilobytes. */
const LONGEST = 1_000_000;
/** Statuses of error codes; every other code is answered with 401. */
const STATUSES = { too_many_requests: 429, unexpected_response: 400 };

/** Makes the handler, given the class that receives callbacks and the function that discovers an anchor. */
export const callbackHandlerBy = (Callbacks, discover) => (given) => {
    const { onCustomer, anchors, signingKey, ...options } = given ?? {};
    if (typeof onCustomer !== "function") throw new WindlassError("invalid_request", "callbackHandler: onCustomer must be a function");
    const trusted = new Anchors(anchors ?? [{ signingKey }], discover);
    // One for each key, because it remembers the callbacks that have come.
    const receivers = new Map();
    const receiver = ({ signingKey }) => {
        if (!receivers.has(signingKey)) receivers.set(signingKey, new Callbacks({ ...options, signingKey }));
        return receivers.get(signingKey);
    };
    trusted.known?.forEach(receiver);

    return handler(LONGEST, async ({ headers }, read) => {
        const request = { headers, body: await read() };
        const found = await trusted.find((all) => receive(all, receiver, request)).catch(refused);
        if (!found) refuse(401, "callback_signature", "none of the anchors signed this callback for this host");
        try {
            await onCustomer(found.customer, { homeDomain: found.anchor.homeDomain });
        } catch (error) {
            // The anchor sends it again, perhaps with the same signature.
            receiver(found.anchor).forget(headers);
            throw error;
        }
    });
};

/** The customer, and the anchor that signed; `undefined` if none did. */
async function receive(anchors, receiver, request) {
    for (const anchor of anchors) {
        try {
            return { customer: await receiver(anchor).receive(request), anchor };
        } catch (error) {
            if (error.code !== "callback_signature") throw error;
        }
    }
}

function refused(error) {
    if (!isWindlassError(error)) throw error;
    refuse(STATUSES[error.code] ?? 401, error.code, error.message);
}
