// Objects of the module's classes, which are handles of values inside the module.
import { WindlassError } from "./error.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * Lets objects of a class print the members that say what they are: in `JSON.stringify` and in Node's console. A secret or a token is never
 * among them. Calls of an object that was freed throw a `WindlassError`.
 */
export function describe(Class, className, members) {
    const prototype = Class.prototype;
    const { free } = prototype;
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
        const kind = property.get ? "get" : "value";
        const call = property[kind];
        if (name === "constructor" || typeof call !== "function") continue;
        const guarded = function (...values) {
            if (this?.__wbg_ptr) return call.apply(this, values);
            throw new WindlassError("invalid_request", `this ${className} was freed, or was not made by the package`);
        };
        Object.defineProperty(prototype, name, { ...property, [kind]: guarded });
    }
    // Also what `using` calls, after the code has freed it.
    prototype.free = function () {
        if (this.__wbg_ptr) free.call(this);
    };
    prototype.toJSON = function () {
        return this.__wbg_ptr ? Object.fromEntries(members.map((name) => [name, this[name]])) : {};
    };
    prototype[INSPECT] = function (_depth, options, inspect) {
        return `${className} ${inspect(this.toJSON(), options)}`;
    };
    if (Symbol.dispose) prototype[Symbol.dispose] = prototype.free;
}

/** Describes the classes that every entry has. */
export function describeAll({ Anchor, Keypair, Session }) {
    describe(Anchor, "Anchor", ["homeDomain", "networkPassphrase"]);
    describe(Keypair, "Keypair", ["address"]);
    describe(Session, "Session", ["homeDomain", "account", "expiresAt"]);
}
