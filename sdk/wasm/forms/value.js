import { field } from "../sep9.js";

export function formValue({ name, type, verifies }, text) {
    if (type === "textarea") return text.trim() === "" ? undefined : text;
    const value = plain(text.trim(), verifies === undefined ? field(name) : { format: "code" });
    return value === "" ? undefined : value;
}

function plain(text, { format, digits } = {}) {
    const bare = text.replace(/[\s().\-/]+/g, "");
    if (digits || format === "card_number") return /^\d+$/.test(bare) ? bare : text;
    switch (format) {
        case "code":
            return text.replace(/\s+/g, "");
        case "e164":
        case "phone":
            return /^(?:\+|00)\d+$/.test(bare) ? bare.replace(/^00/, "+") : text;
        case "yy_mm":
            return month(text.replace(/\s+/g, ""));
        default:
            return text;
    }
}

/** `11/29`, as on cards, and `2029-11`, as browsers fill it in, as `29-11`. */
function month(text) {
    const [, slashed, year] = /^(\d\d)\/(?:20)?(\d\d)$/.exec(text) ?? [];
    return slashed ? `${year}-${slashed}` : text.replace(/^20(\d\d-\d\d)$/, "$1");
}
