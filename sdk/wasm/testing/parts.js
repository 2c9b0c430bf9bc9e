/** The anchor's clock: fixed if it was given a time, otherwise `Date` plus an offset. */
export class Clock {
    #fixed;
    #ahead = 0;

    constructor(now) {
        this.#fixed = now;
    }

    get now() {
        return this.#fixed ?? Math.floor(Date.now() / 1000) + this.#ahead;
    }

    advance(seconds) {
        if (this.#fixed === undefined) this.#ahead += seconds;
        else this.#fixed += seconds;
    }

    set(now) {
        this.#fixed = now;
    }
}

/** The scripts of customers. */
export class Customers {
    #instance;

    constructor(instance) {
        this.#instance = instance;
    }

    script(account, steps) {
        this.#instance.script(account, Customers.steps(steps));
    }

    default(steps) {
        this.#instance.script(undefined, Customers.steps(steps));
    }

    /** Fields may be given as a list of names. */
    static steps(steps) {
        return steps.map((step) => {
            const { fields } = step;
            return said(Array.isArray(fields) ? { ...step, fields: Object.fromEntries(fields.map((name) => [name, {}])) } : step);
        });
    }
}

/** The accounts on the Stellar network, as the anchor sees them. */
export class Ledger {
    #instance;

    constructor(instance) {
        this.#instance = instance;
    }

    set(account, known) {
        this.#instance.setAccount(account, said(known));
    }
}

/** A copy without members that are `undefined`. */
function said(value) {
    if (Array.isArray(value)) return value.map(said);
    if (value === null || typeof value !== "object") return value;
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([name, member]) => [name, said(member)]));
}
