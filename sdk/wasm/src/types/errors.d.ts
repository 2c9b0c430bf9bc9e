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
    constructor(code: ErrorCode, message: string, field?: string, status?: number, retryAfter?: number, cause?: unknown, problems?: readonly FieldProblem[]);
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
    /** What is wrong with the values, if the package has refused to send them: `code` is `invalid_field`, and there is no `status`. */
    readonly problems?: readonly FieldProblem[];
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

/** What is wrong with a value. */
export interface FieldProblem {
    /** The name of the field. */
    readonly field: string;
    /** The stable code. */
    readonly code: FieldErrorCode;
}

/** The stable codes of values that are wrong. */
export type FieldErrorCode =
    | "unknown_field"
    | "not_text"
    | "empty"
    | "too_long"
    | "control_character"
    | "not_an_integer"
    | "not_a_date"
    | "not_a_number"
    | "in_the_future"
    | "expires_before_issue"
    | "not_a_year_month"
    | "unknown_country"
    | "unknown_country_alpha2"
    | "not_a_subdivision"
    | "unknown_language"
    | "not_e164"
    | "not_an_email"
    | "unknown_occupation"
    | "not_an_ip_address"
    | "not_digits"
    | "not_a_card_number"
    | "not_a_choice"
    | "file_expected"
    | "not_a_file_field"
    | "wrong_file"
    | "conflict";
