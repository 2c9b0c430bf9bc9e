import { field, isSep9Name } from "../sep9.js";
import { choicesOf } from "./choices.js";
import { fill, labelOf } from "./names.js";

export function problemText({ field: name, code }, texts, fields = []) {
    const known = field(name);
    const label = labelIn(name, texts, fields);
    const choices = fields.find((each) => each.name === name)?.choices ?? choicesOf({}, known, texts);
    const [min, max] = known?.digits ?? [];
    const parameters = {
        field: label,
        min,
        max,
        choices: choices?.map(({ label }) => label).join(texts.dir === "rtl" ? "، " : ", "),
        types: known?.media?.map(short).join(", "),
        other: known && labelOf(known.name === "mobile_number_format" ? "mobile_number" : known.canonical, texts),
    };
    const range = code === "not_digits" && min !== max;
    const text = texts.problems[range ? "not_digits_range" : code];
    const missing = text?.match(/\{\w+\}/g)?.some((name) => parameters[name.slice(1, -1)] === undefined);
    return fill(text === undefined || missing ? texts.words.invalid : text, parameters);
}

export function errorText({ code, message, field: name, status, problems }, texts, fields = []) {
    const problem = problems?.find(({ field }) => field === name);
    if (problem) return sentence(problemText(problem, texts, fields));
    const label = name && labelIn(name, texts, fields);
    const text = texts.errors[code];
    if (text && (label || !text.includes("{field}"))) return fill(text, { field: label });
    // An anchor's refusal is in the language that it was asked for; the wallet's own errors are in English.
    if (status !== undefined && status < 500 && message) return sentence(labelled(message, name, texts, fields));
    return label ? fill(texts.words.invalid, { field: label }) : texts.words.failed;
}

export function missingText({ type }, { words }) {
    return { select: words.requiredChoice, file: words.requiredFile }[type] ?? words.required;
}

/**
 * A text with labels in place of names. The name of the field at fault may be an ordinary word, such as `address`: then it is replaced only
 * at the beginning, where it can only be the name.
 */
function labelled(text, fault, texts, fields) {
    return text.replace(/\w+(?:\.\w+)*/g, (word, at) => {
        // An isolation mark may come before it.
        const isFault = word === fault && (at <= 1 || /[._]/.test(word));
        return isFault || (isSep9Name(word) && /[._]/.test(word)) ? labelIn(word, texts, fields) : word;
    });
}

/** The label of a field, as the form has it. */
function labelIn(name, texts, fields) {
    return fields.find((field) => field.name === name)?.label ?? labelOf(name, texts);
}

/** `image/jpeg` as `JPEG`. */
function short(media) {
    return media.replace(/^.*\//, "").replace("quicktime", "mov").toUpperCase();
}

function sentence(text) {
    const whole = text.charAt(0).toUpperCase() + text.slice(1);
    return /[.!?؟]$/.test(whole) ? whole : `${whole}.`;
}
