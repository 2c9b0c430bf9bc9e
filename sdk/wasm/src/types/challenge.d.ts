/** The result of one check: a union over `outcome`. */
export type CheckResult = PassedCheck | FailedCheck | SkippedCheck;

/** The challenge follows the rule. */
export interface PassedCheck extends AnyCheckResult {
    /** Discriminates the union. */
    outcome: "passed";
    /** Absent in this case. */
    reason?: never;
    /** Absent in this case. */
    code?: never;
}

/** The challenge breaks the rule: never sign it. */
export interface FailedCheck extends AnyCheckResult {
    /** Discriminates the union. */
    outcome: "failed";
    /** What is wrong, with the values found. */
    reason: string;
    /** The stable code: the one that signing in would throw. */
    code: ErrorCode;
}

/** The rule could not be checked: nothing can be read. */
export interface SkippedCheck extends AnyCheckResult {
    /** Discriminates the union. */
    outcome: "skipped";
    /** Absent in this case. */
    reason?: never;
    /** Absent in this case. */
    code?: never;
}
