/** What windlass throws: `code` is stable, `message` is for people. */
export class WindlassError extends Error {
    constructor(code, message, field, status, retryAfter) {
        super(message);
        this.name = "WindlassError";
        this.code = code;
        if (field !== undefined) this.field = field;
        if (status !== undefined) this.status = status;
        if (retryAfter !== undefined) this.retryAfter = retryAfter;
    }
}

/** Whether something can sign as SEP-43 describes it. */
export function isWallet43(value) {
    const has = (name) => typeof value?.[name] === "function";
    return has("getAddress") && has("signTransaction");
}

/** Whether something that was caught is an error of windlass. */
export function isWindlassError(error) {
    return error instanceof Error && error.name === "WindlassError" && typeof error.code === "string";
}
