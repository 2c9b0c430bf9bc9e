/** The error that windlass throws: `code` is stable, `message` is for people. */
export class WindlassError extends Error {
    constructor(code, message, field, status, retryAfter, cause, problems) {
        super(message, cause === undefined ? undefined : { cause });
        this.name = "WindlassError";
        this.code = code;
        if (field !== undefined) this.field = field;
        if (status !== undefined) this.status = status;
        if (retryAfter !== undefined) this.retryAfter = retryAfter;
        if (problems !== undefined) this.problems = problems;
    }
}

/** Whether a value has a method. */
export const has = (value, name) => typeof value?.[name] === "function";

/** Whether a value has the methods of SEP-43 that signing in needs. */
export function isWallet43(value) {
    try {
        return has(value, "getAddress") && has(value, "signTransaction");
    } catch {
        // A getter that throws is no method.
        return false;
    }
}

/** Whether a caught value is an error of windlass, also one of another copy of the package. */
export function isWindlassError(error) {
    return error instanceof Error && error.name === "WindlassError" && typeof error.code === "string";
}
