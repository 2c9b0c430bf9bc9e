// An HTTP handler for an anchor's callbacks.
import { isWindlassError } from "./error.js";
import { handler, refuse } from "./handler.js";

/** The longest body, in bytes: a customer is a few kilobytes. */
const LONGEST = 1_000_000;
/** Statuses of error codes; every other code is answered with 401. */
const STATUSES = { too_many_requests: 429, unexpected_response: 400 };

/** Makes the handler, given the class that receives callbacks. */
export const callbackHandlerBy = (Callbacks) => ({ onCustomer, ...options }) => {
    if (typeof onCustomer !== "function") throw new TypeError("callbackHandler: onCustomer is missing");
    const callbacks = new Callbacks(options);
    return handler(LONGEST, async ({ headers }, read) => {
        const body = await read();
        await onCustomer(await take(callbacks, { headers, body }));
    });
};

async function take(callbacks, request) {
    try {
        return await callbacks.receive(request);
    } catch (error) {
        if (!isWindlassError(error)) throw error;
        refuse(STATUSES[error.code] ?? 401, error.code, error.message);
    }
}
