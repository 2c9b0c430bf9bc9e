/**
 * From a field that an anchor asks for to what a form needs: label and hint in five languages, the kind of input, the
 * browser's autocompletion, choices by name, and texts for problems and errors.
 *
 * Pure functions and data: no DOM, no framework, no WebAssembly. A bundler takes only the languages that are used.
 *
 * @module windlass/forms
 */

import type { ErrorCode, FieldErrorCode, FieldKind, FieldProblem } from "./windlass.js";

/** A language that `windlass/forms` has texts in. */
export type FormLanguage = "ar" | "en" | "es" | "fr" | "pt";

/**
 * The texts of a language. To say something in your own words, spread one and replace a text.
 *
 * Parameters are in braces, such as `{field}`.
 */
export interface FormTexts {
    /** The language, also for `Intl`. */
    readonly lang: FormLanguage;
    /** The direction of writing, for the attribute `dir` of the form. */
    readonly dir: "ltr" | "rtl";
    /** Labels by name of the field. Fields under two names have one label. */
    readonly labels: { readonly [name: string]: string };
    /** What to enter, by name of the field. */
    readonly hints: { readonly [name: string]: string };
    /** What a Windlass anchor says in place of a hint of this package, by name of the field. */
    readonly told: { readonly [name: string]: string };
    /** Names of choices: `sex-female`. */
    readonly choices: { readonly [choice: string]: string };
    /** What is wrong with a value, by the code of the problem; `not_digits_range` is `not_digits` with a fewest and a most. */
    readonly problems: { readonly [code in FieldErrorCode | "not_digits_range"]: string };
    /** What went wrong, by the code of the error, where a person can do something about it. */
    readonly errors: { readonly [code in ErrorCode]?: string };
    /** What a form says besides. */
    readonly words: FormWords;
}

/** What a form says besides labels and problems. */
export interface FormWords {
    /** Behind the label of an optional field. */
    readonly optional: string;
    /** The empty option of a list. */
    readonly choose: string;
    /** A required text is missing. */
    readonly required: string;
    /** A required choice is missing. */
    readonly requiredChoice: string;
    /** A required file is missing. */
    readonly requiredFile: string;
    /** The label of a code, wherever it was sent. */
    readonly code: string;
    /** The label of a code that was sent to a phone. */
    readonly codeByPhone: string;
    /** The label of a code that was sent by e-mail. */
    readonly codeByEmail: string;
    /** The hint for a code, with `{destination}`. */
    readonly codeSent: string;
    /** The hint for a code whose destination the wallet does not know. */
    readonly codeSentSomewhere: string;
    /** The button that has a new code sent. */
    readonly resend: string;
    /** A new code was sent, with `{destination}`. */
    readonly resent: string;
    /** A new code was sent to a destination that the wallet does not know. */
    readonly resentSomewhere: string;
    /** The anchor rejected a value and does not say why. */
    readonly rejected: string;
    /** A problem that this version does not know. */
    readonly invalid: string;
    /** An error that this version does not know. */
    readonly failed: string;
}

/** Arabic, which is written from right to left. */
export const ar: FormTexts;
/** English. */
export const en: FormTexts;
/** Spanish. */
export const es: FormTexts;
/** French. */
export const fr: FormTexts;
/** Portuguese. */
export const pt: FormTexts;

/**
 * The texts of the first of these languages that there is, or else those in English. Takes `navigator.languages`.
 *
 * It needs all languages. A wallet that has one imports that one.
 *
 * @example
 * ```ts
 * import { formTexts } from "windlass/forms";
 *
 * console.log(formTexts(["de-AT", "es-MX"]).words.choose); // Elija …
 * console.log(formTexts("ar").dir); // rtl
 * ```
 */
export function formTexts(languages: string | readonly string[]): FormTexts;

/** What the anchor asks for: an item of `todo(customer)`, or an entry of `customer.fields` with its name. */
export interface FormItem {
    /** The name to submit it under. */
    readonly name: string;
    /** The type of its value. */
    readonly type?: FieldKind | undefined;
    /** What the anchor says about it. */
    readonly description?: string | undefined;
    /** The values that the anchor accepts. */
    readonly choices?: readonly string[] | undefined;
    /** Whether it may be left out. */
    readonly optional?: boolean | undefined;
    /** The field that the code confirms, if this is a code. */
    readonly verifies?: string | undefined;
    /** Whether the anchor has rejected a value. */
    readonly again?: boolean | undefined;
    /** Why the anchor has rejected it. */
    readonly error?: string | undefined;
}

/** A field of a form: a union over `type`; a code is the one that `verifies` something. */
export type FormField = FormInput | FormSelect | FormFile | FormCode;

/** What every field of a form has. `autocomplete` and `dir` are attributes of HTML. */
export interface FormBase {
    /** The name to submit it under. */
    readonly name: string;
    /** What it is called, in the language of the texts. An anchor's own field is called by its name. */
    readonly label: string;
    /** What to enter: in the language of the texts for fields of SEP-9, in the anchor's words for others. */
    readonly hint?: string;
    /** What the anchor says besides, in the language in which the customer was asked for. */
    readonly description?: string;
    /** Whether the anchor needs it. */
    readonly required: boolean;
    /** The token for the browser's autocompletion; `off` where HTML has none. */
    readonly autocomplete: string;
    /** `ltr` for numbers and addresses, which are written from left to right in every language. */
    readonly dir: "ltr" | "auto";
    /** Why the anchor has rejected the earlier value. */
    readonly error?: string;
}

/** A field to type into. `inputmode` and `maxlength` are attributes of HTML. */
export interface FormInput extends FormBase {
    /** The type of an `input`, or `textarea` for several lines. */
    readonly type: "text" | "tel" | "email" | "date" | "textarea";
    /** The keyboard of a phone. */
    readonly inputmode?: "numeric" | "decimal" | "tel" | "email";
    /** The longest text, with blanks that people type into numbers and `formValue` removes. */
    readonly maxlength?: number;
    /** A good value, to show in the empty input. */
    readonly example?: string;
    /** Absent in this case. */
    readonly verifies?: never;
}

/** A field to choose from. */
export interface FormSelect extends FormBase {
    /** Discriminates the union. */
    readonly type: "select";
    /** The values with their names. */
    readonly choices: readonly FormChoice[];
    /** Absent in this case. */
    readonly verifies?: never;
}

/** A value, and its name in a language. */
export interface FormChoice {
    /** What is submitted. */
    readonly value: string;
    /** What is shown. */
    readonly label: string;
}

/** A field for a file. */
export interface FormFile extends FormBase {
    /** Discriminates the union. */
    readonly type: "file";
    /** The kinds of file that SEP-9 expects. An anchor may take others. */
    readonly accept?: string;
    /** Absent in this case. */
    readonly verifies?: never;
}

/** A field for a code that the anchor has sent to the person. */
export interface FormCode extends FormBase {
    /** An input for text: a code may begin with 0. */
    readonly type: "text";
    /** The keyboard of a phone. */
    readonly inputmode: "numeric";
    /** The field that was sent the code. */
    readonly verifies: string;
    /** Where the code was sent, masked; absent if the wallet does not know. */
    readonly destination?: string;
    /** The text of a button that has a new code sent: see `resendCode`. */
    readonly resend: string;
    /** What to say when it was sent. */
    readonly resent: string;
}

/** Options of `formField` and `formFields`. */
export interface FormOptions {
    /** The values that the wallet has sent, by name: a code's hint tells where it went. */
    readonly sent?: { readonly [name: string]: string | undefined } | undefined;
}

/**
 * What a form needs to ask for one thing.
 *
 * @example
 * ```ts
 * import { es, formField } from "windlass/forms";
 *
 * const country = formField({ name: "address_country_code" }, es);
 * console.log(country.label, country.autocomplete); // País country
 * if (country.type === "select") console.log(country.choices.find(({ value }) => value === "DEU")?.label); // Alemania
 * const code = formField({ name: "mobile_number_verification", verifies: "mobile_number" }, es, { sent: { mobile_number: "+5215512345689" } });
 * console.log(code.hint); // Escriba el código que se envió a •••• 89.
 * ```
 */
export function formField(item: FormItem, texts: FormTexts, options?: FormOptions): FormField;

/**
 * What a form needs to ask for all that is still to be submitted, in the order of `todo`: codes, required fields, optional ones.
 *
 * @example
 * ```ts
 * import { type Customer, todo } from "windlass";
 * import { en, formFields } from "windlass/forms";
 *
 * const customer: Customer = { status: "NEEDS_INFO", fields: { birth_date: { type: "date" }, photo_id_front: { type: "binary" } } };
 * const fields = formFields(todo(customer), en);
 * console.log(fields.map(({ label, type }) => `${label}: ${type}`).join()); // Date of birth: date,Photo of the ID, front: file
 * ```
 */
export function formFields(items: readonly FormItem[], texts: FormTexts, options?: FormOptions): FormField[];

/**
 * What a person typed, as the value to check and to send; nothing if that is only blanks. Blanks around a line and between the digits of a
 * number are removed, and the month of a card is put into SEP-9's order. Other text does not change.
 *
 * @example
 * ```ts
 * import { en, formField, formValue } from "windlass/forms";
 *
 * console.log(formValue(formField({ name: "mobile_number" }, en), "+1 (415) 555-2671")); // +14155552671
 * console.log(formValue(formField({ name: "card.expiration_date" }, en), "11/29")); // 29-11
 * ```
 */
export function formValue(field: Pick<FormField, "name" | "type" | "verifies">, text: string): string | undefined;

/**
 * What is wrong with a value, as a text to show beside its input. `fields` are those of the form: an anchor's choices are named as there.
 *
 * @example
 * ```ts
 * import { checkFields } from "windlass";
 * import { fr, problemText } from "windlass/forms";
 *
 * for (const problem of checkFields({ email_address: "ada" })) {
 *     console.log(problemText(problem, fr)); // Adresse e-mail doit être complète, par exemple ana@mail.example
 * }
 * ```
 */
export function problemText(problem: FieldProblem, texts: FormTexts, fields?: readonly FormField[]): string;

/** An error, as the package throws it: a `WindlassError`. */
export interface FormFailure {
    /** The stable code. */
    readonly code: ErrorCode;
    /** The anchor's words, if there is a status. */
    readonly message: string;
    /** The field at fault. */
    readonly field?: string | undefined;
    /** The HTTP status of the anchor's answer. */
    readonly status?: number | undefined;
    /** What is wrong with the values, if the package has refused them itself. */
    readonly problems?: readonly FieldProblem[] | undefined;
}

/**
 * What went wrong, for the person who fills in the form. A refusal without a text of its own is shown in the anchor's words, with the label in
 * place of the field's name: ask with `lang` to get them in the person's language.
 *
 * @example
 * ```ts
 * import { WindlassError } from "windlass";
 * import { errorText, pt } from "windlass/forms";
 *
 * console.log(errorText(new WindlassError("network", "fetch failed"), pt)); // Sem conexão. Verifique a sua e tente de novo.
 * const refused = new WindlassError("invalid_field", "birth_date: menor de 18 anos", "birth_date", 400);
 * console.log(errorText(refused, pt)); // Data de nascimento: menor de 18 anos.
 * ```
 */
export function errorText(error: FormFailure, texts: FormTexts, fields?: readonly FormField[]): string;

/**
 * What to say beside a required field that is empty.
 *
 * @example
 * ```ts
 * import { en, formField, missingText } from "windlass/forms";
 *
 * console.log(missingText(formField({ name: "photo_id_front" }, en), en)); // Please add a file.
 * ```
 */
export function missingText(field: Pick<FormField, "type">, texts: FormTexts): string;

/**
 * The countries of ISO 3166-1 by name, in the order of a language. The values have three letters, as SEP-9 wants them, or two, as it
 * wants them for cards.
 *
 * @example
 * ```ts
 * import { countries } from "windlass/forms";
 *
 * console.log(countries("fr").find(({ label }) => label === "Allemagne")?.value); // DEU
 * ```
 */
export function countries(lang: string, letters?: 2 | 3): readonly FormChoice[];

/**
 * The languages of ISO 639-1 by name, in the order of a language.
 *
 * @example
 * ```ts
 * import { languages } from "windlass/forms";
 *
 * console.log(languages("en").find(({ value }) => value === "pt")?.label); // Portuguese
 * ```
 */
export function languages(lang: string): readonly FormChoice[];

/**
 * A phone number or an e-mail address of which only a part is shown.
 *
 * @example
 * ```ts
 * import { maskDestination } from "windlass/forms";
 *
 * console.log(maskDestination("+4917112345689")); // •••• 89
 * console.log(maskDestination("jane@example.com")); // j•••@example.com
 * ```
 */
export function maskDestination(value: string): string;

/** What has a new code sent. */
export interface CodeRequest {
    /** The value by the name of its field. */
    fields: { [name: string]: string };
}

/**
 * The request that has a new code sent, for `putCustomer`: it sends the value again, or a corrected one.
 *
 * @example
 * ```ts
 * import { resendCode } from "windlass/forms";
 *
 * const request = resendCode({ verifies: "mobile_number" }, "+4917112345689");
 * console.log(JSON.stringify(request)); // {"fields":{"mobile_number":"+4917112345689"}}
 * // await session.putCustomer({ id, ...request })
 * ```
 */
export function resendCode(code: Pick<FormCode, "verifies">, value: string): CodeRequest;
