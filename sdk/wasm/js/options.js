// Options as callers give them, checked before the module reads them.
import { WindlassError } from "./error.js";

const invalid = (message) => new WindlassError("invalid_request", message);

/**
 * The options, as serde reads them: a memo is text. serde asks only for the members that it knows, so members that are not `known` are
 * refused here; a misspelt one would be ignored without a word. Where `known` is undefined, the module looks after them itself.
 */
export function checked(options, known) {
    options ??= {};
    if (typeof options !== "object") throw invalid("options must be an object");
    const unknown = known && Object.keys(options).find((name) => !known.includes(name));
    if (unknown !== undefined) throw invalid(`unknown option ${unknown}; the options are ${known.join(", ")}`);
    const { memo } = options;
    if (typeof memo === "number") throw invalid("memo must be a string or a bigint: a number loses digits");
    return typeof memo === "bigint" ? { ...options, memo: String(memo) } : options;
}
