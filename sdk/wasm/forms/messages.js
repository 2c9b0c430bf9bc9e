import { field } from "../sep9.js";
import { choicesOf } from "./choices.js";
import { fill, labelOf } from "./names.js";

export function problemText({ field: name, code }, texts, fields = []) {
    const known = field(name);
    const label = fields.find((each) => each.name === name)?.label ?? labelOf(name, texts);
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
    const label = name && (fields.find((each) => each.name === name)?.label ?? labelOf(name, texts));
    const text = texts.errors[code];
    if (text && (label || !text.includes("{field}"))) return fill(text, { field: label });
    // An anchor's refusal is in the language that it was asked for; the wallet's own errors are in English.
    if (status !== undefined && status < 500 && message) return sentence(label ? message.replaceAll(name, label) : message);
    return label ? fill(texts.words.invalid, { field: label }) : texts.words.failed;
}

export function missingText({ type }, { words }) {
    return { select: words.requiredChoice, file: words.requiredFile }[type] ?? words.required;
}

/** `image/jpeg` as `JPEG`. */
function short(media) {
    return media.replace(/^.*\//, "").replace("quicktime", "mov").toUpperCase();
}

function sentence(text) {
    const whole = text.charAt(0).toUpperCase() + text.slice(1);
    return /[.!?؟]$/.test(whole) ? whole : `${whole}.`;
}
