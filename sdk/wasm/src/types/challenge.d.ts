/** What one check found. `outcome` tells the cases apart. */
export type CheckResult = PassedCheck | FailedCheck | SkippedCheck;

/** The challenge keeps the rule. */
export interface PassedCheck extends AnyCheckResult {
    /** Which case it is. */
    outcome: "passed";
    /** Not in this case. */
    reason?: never;
    /** Not in this case. */
    code?: never;
}

/** The challenge breaks the rule: never sign it. */
export interface FailedCheck extends AnyCheckResult {
    /** Which case it is. */
    outcome: "failed";
    /** What is wrong, with the values. */
    reason: string;
    /** The stable code: the one that signing in would throw. */
    code: ErrorCode;
}

/** The rule could not be checked: nothing can be read. */
export interface SkippedCheck extends AnyCheckResult {
    /** Which case it is. */
    outcome: "skipped";
    /** Not in this case. */
    reason?: never;
    /** Not in this case. */
    code?: never;
}
