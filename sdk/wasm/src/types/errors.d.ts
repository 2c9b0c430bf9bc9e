/**
 * Every exception of the package. `code` is stable, `message` is for people and may change.
 *
 * @example
 * ```ts
 * import { Keypair, WindlassError } from "windlass";
 *
 * try {
 *     await Keypair.fromSecret("not a seed");
 * } catch (error) {
 *     if (error instanceof WindlassError) console.log(error.code); // invalid_secret_key
 * }
 * ```
 */
export class WindlassError extends Error {
    /**
     * For tests, and for a signer's own errors: an anchor's are made by the package.
     *
     * @example
     * ```ts
     * import { WindlassError } from "windlass";
     *
     * const error = new WindlassError("too_many_requests", "ask later", undefined, 429, 30);
     * console.log(error.code, error.status, error.retryAfter); // too_many_requests 429 30
     * ```
     */
    constructor(code: ErrorCode, message: string, field?: string, status?: number, retryAfter?: number, cause?: unknown);
    /** Always `WindlassError`. */
    readonly name: "WindlassError";
    /** The stable code of the failure; the anchor's own, if it sent one. */
    readonly code: ErrorCode;
    /** The field or parameter at fault; the first of several. */
    readonly field?: string;
    /** The HTTP status of the anchor's answer, where there is one. */
    readonly status?: number;
    /** Seconds to wait before retrying, if the anchor sent them. */
    readonly retryAfter?: number;
}

/**
 * Whether a caught value is an error of windlass.
 *
 * @example
 * ```ts
 * import { Anchor, isWindlassError } from "windlass";
 *
 * function explain(error: unknown): string {
 *     if (!isWindlassError(error)) throw error;
 *     switch (error.code) {
 *         case "signer_refused":
 *             return "You refused to sign.";
 *         case "network":
 *         case "timed_out":
 *             return "The anchor does not answer: try again.";
 *         default:
 *             return error.message;
 *     }
 * }
 *
 * try {
 *     await Anchor.discover("nobody.example");
 * } catch (error) {
 *     console.log(explain(error)); // The anchor does not answer: try again.
 * }
 * ```
 */
export function isWindlassError(error: unknown): error is WindlassError;
