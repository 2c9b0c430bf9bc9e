
/** What a challenge must be. */
export interface ExpectedChallenge {
    /** The anchor's `SIGNING_KEY`. */
    signingKey: string;
    /** The passphrase of the network that it must be for: the wallet's own, never what came with the challenge. */
    networkPassphrase: string;
    /** The anchor's home domain. */
    homeDomain: string;
    /** The host of the anchor's `WEB_AUTH_ENDPOINT`, with its port if it names one. */
    webAuthDomain: string;
    /** Who asked for it: `G...` or `M...`. If absent, the checks are those of the wallet's server, and `clientDomain` is needed. */
    account?: string | undefined;
    /** Which user of a shared account, if one was asked for. */
    memo?: string | bigint | undefined;
    /** The wallet's own domain, if it was asked for. */
    clientDomain?: ClientDomainName | undefined;
    /** Unix seconds; the clock's, if absent. */
    now?: number | undefined;
}

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
