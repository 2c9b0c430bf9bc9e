import { field } from "../sep9.js";

/** The name of a field of SEP-9 among the texts: accounts of organizations have those of a person's account. */
export function keyOf({ canonical, group }) {
    return group === "organization_financial_account" ? canonical.slice("organization.".length) : canonical;
}

/** The label of a field, a code or the id of a file. Of an anchor's own field there is only the name. */
export function labelOf(name, texts) {
    const known = field(name);
    if (known) return texts.labels[keyOf(known)];
    const [, base, end] = /^(.+)_(verification|file_id)$/.exec(name) ?? [];
    if (end === "verification") return codeLabel(base, texts);
    return end ? labelOf(base, texts) : readable(name);
}

/** The label of a code that confirms a field. */
export function codeLabel(verifies, { words }) {
    switch (field(verifies)?.format) {
        case "email":
            return words.codeByEmail;
        case "e164":
        case "phone":
            return words.codeByPhone;
        default:
            return words.code;
    }
}

/** `favourite_colour` as `Favourite colour`. */
export function readable(name) {
    const text = name.replace(/[._]+/g, " ").trim();
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text with its parameters. */
export function fill(text, parameters) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);
}
