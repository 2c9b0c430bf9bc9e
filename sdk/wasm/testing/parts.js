/** The anchor's clock: it stands still if it was given a time, and else goes with `Date`. */
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

/** What is said of customers. */
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

    /** Fields may be names alone. */
    static steps(steps) {
        return steps.map((step) => {
            const { fields } = step;
            return said(Array.isArray(fields) ? { ...step, fields: Object.fromEntries(fields.map((name) => [name, {}])) } : step);
        });
    }
}

/** What the Stellar network says of accounts. */
export class Ledger {
    #instance;

    constructor(instance) {
        this.#instance = instance;
    }

    set(account, known) {
        this.#instance.setAccount(account, said(known));
    }
}

/** What is said, without the members that are there and `undefined`: they are left out. */
function said(value) {
    if (Array.isArray(value)) return value.map(said);
    if (value === null || typeof value !== "object") return value;
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([name, member]) => [name, said(member)]));
}
