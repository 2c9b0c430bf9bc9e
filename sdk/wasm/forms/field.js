import { field } from "../sep9.js";
import { AUTOCOMPLETE } from "./autocomplete.js";
import { choicesOf } from "./choices.js";
import { maskDestination } from "./codes.js";
import { MAX_TEXT_BYTES } from "./limits.js";
import { codeLabel, fill, keyOf, labelOf } from "./names.js";

export function formFields(items, texts, options) {
    return items.map((item) => formField(item, texts, options));
}

export function formField(item, texts, { sent } = {}) {
    if (item.verifies !== undefined) return codeField(item, texts, sent?.[item.verifies]);
    const known = field(item.name);
    const choices = item.type === "binary" ? undefined : choicesOf(item, known, texts);
    const label = labelOf(item.name, texts);
    return given({
        name: item.name,
        label,
        ...hints(item, known, texts),
        required: !item.optional,
        ...(choices ? { type: "select", choices, dir: "auto" } : typing(item, known)),
        autocomplete: AUTOCOMPLETE[known?.canonical] ?? "off",
        error: item.again ? (item.error ?? fill(texts.words.rejected, { field: label })) : undefined,
    });
}

function codeField({ name, verifies, error }, texts, destination) {
    const { words } = texts;
    const masked = destination === undefined ? undefined : maskDestination(destination);
    const [hint, resent] = masked === undefined ? [words.codeSentSomewhere, words.resentSomewhere] : [words.codeSent, words.resent];
    return given({
        name,
        verifies,
        destination: masked,
        label: codeLabel(verifies, texts),
        hint: fill(hint, { destination: masked }),
        resend: words.resend,
        resent: fill(resent, { destination: masked }),
        required: true,
        type: "text",
        inputmode: "numeric",
        dir: "ltr",
        autocomplete: "one-time-code",
        error,
    });
}

/** The hint in the wallet's language, and what the anchor says if that is more. */
function hints({ description }, known, { hints, told }) {
    const hint = known && hints[keyOf(known)];
    const same = [hint, known && told[keyOf(known)]].includes(description);
    return { hint: hint ?? description, description: hint === undefined || same ? undefined : description };
}

/** The control, and the keyboard that suits its values. */
function typing({ type }, known) {
    const kind = type ?? known?.kind;
    if (kind === "binary") return { type: "file", accept: known?.media?.join(","), dir: "auto" };
    const example = known?.example;
    const numeric = { type: "text", inputmode: "numeric", dir: "ltr", example };
    // Twice the digits: people type and paste blanks between them, which `formValue` removes.
    if (known?.digits) return { ...numeric, maxlength: 2 * known.digits[1] };
    switch (known?.format) {
        case "multiline":
            return { type: "textarea", maxlength: MAX_TEXT_BYTES, dir: "auto" };
        case "iso8601_date":
            return { type: "date", dir: "auto" };
        case "yy_mm":
            return { ...numeric, inputmode: undefined, maxlength: 7 };
        case "card_number":
            return { ...numeric, maxlength: 38 };
        case "e164":
        case "phone":
            return { type: "tel", inputmode: "tel", maxlength: 32, dir: "ltr", example };
        case "email":
            return { type: "email", inputmode: "email", maxlength: 254, dir: "ltr", example };
        case "ip":
        case "iso3166_2":
            return { type: "text", maxlength: MAX_TEXT_BYTES, dir: "ltr", example };
        default:
    }
    if (kind === "date") return { type: "date", dir: "auto" };
    if (kind === "number") return { ...numeric, inputmode: known ? "numeric" : "decimal", maxlength: MAX_TEXT_BYTES };
    return { type: "text", maxlength: MAX_TEXT_BYTES, dir: "auto" };
}

/** Without the members that are undefined, so that a spread leaves other values alone. */
function given(members) {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
