// What a form needs: every field of SEP-9 and every problem in every language.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";
import { type Customer, type FieldErrorCode, Keypair, WindlassError, checkField, todo } from "windlass";
import * as forms from "windlass/forms";
import type { FormField, FormTexts } from "windlass/forms";
import { fields as sep9 } from "windlass/sep9";
import { fakeAnchor } from "./anchor.js";
import { caught } from "./caught.js";
import { entries } from "./declarations.js";

const fake = fakeAnchor();
const { ar, en, es, fr, pt, errorText, formField, formFields, formTexts, formValue, missingText, problemText } = forms;
const LANGUAGES: readonly FormTexts[] = [ar, en, es, fr, pt];
/** Tokens of HTML's autofill, after a section and `billing` or `work`. */
const TOKENS =
    /^(?:off|(?:section-\w+ )?(?:billing |work )?(?:family-name|given-name|additional-name|country|address-level[12]|postal-code|street-address|tel|email|bday|sex|language|organization|url|one-time-code|cc-(?:number|exp|csc|name|type)))$/;

/** The codes that `checkFields` can give. */
const union = /export type FieldErrorCode =([^;]*);/.exec(entries.get("windlass") ?? "")?.[1] ?? "";
const CODES = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code as FieldErrorCode);

const item = (name: string, more: object = {}): FormField => formField({ name, ...more }, en);
/** A value of a field, as its example or its choices have it. */
const valueOf = (field: FormField): string | undefined => (field.type === "select" ? field.choices[0]?.value : "example" in field ? field.example : undefined);

describe.each(LANGUAGES)("in $lang", (texts) => {
    test.each(sep9)("$name has what its input needs", ({ name, kind }) => {
        const field = formField({ name }, texts);
        expect(field.label).toMatch(/^\S.*\S$|^\S+$/);
        expect(field.hint).toMatch(/^\S.*\.$/);
        expect(field.autocomplete).toMatch(TOKENS);
        expect(["text", "tel", "email", "date", "textarea", "select", "file"]).toContain(field.type);
        expect(field.type === "file").toBe(kind === "binary");
        const value = valueOf(field);
        if (value !== undefined) expect(checkField(name, value), value).toBeUndefined();
        if (texts !== en) expect(field.label === formField({ name }, en).label && field.hint === formField({ name }, en).hint).toBe(false);
        expect(JSON.stringify(field)).not.toMatch(/undefined|null|\{\w+\}/);
    });

    test.each(CODES)("the problem %s has a text with its parameters", (code) => {
        const about: Partial<Record<FieldErrorCode, string>> = { not_digits: "card.cvc", not_a_choice: "sex", wrong_file: "photo_id_front", conflict: "mobile_number_format" };
        const name = about[code] ?? "birth_date";
        const text = problemText({ field: name, code }, texts);
        expect(text).toContain(formField({ name }, texts).label);
        expect(text).not.toMatch(/[{}]|undefined/);
        expect(text).not.toBe(texts.words.invalid);
        if (code === "not_digits") expect(text).toMatch(/3.*4/);
        if (code === "not_a_choice") expect(text).toContain(texts.choices["sex-other"]);
        if (code === "wrong_file") expect(text).toContain("JPEG, PNG");
        if (code === "conflict") expect(text).toContain(formField({ name: "mobile_number" }, texts).label);
    });

    test("a fixed number of digits is told", () => {
        expect(problemText({ field: "clabe_number", code: "not_digits" }, texts)).toContain("18");
    });

    test("countries and languages have names, in the order of the language", () => {
        for (const [list, some] of [
            [forms.countries(texts.lang), "address_country_code"],
            [forms.countries(texts.lang, 2), "card.country_code"],
            [forms.languages(texts.lang), "language_code"],
        ] as const) {
            expect(list.length).toBeGreaterThan(some === "language_code" ? 150 : 248);
            expect(new Set(list.map(({ label }) => label)).size).toBe(list.length);
            expect(list.filter(({ value, label }) => value === label || checkField(some, value) !== undefined)).toEqual([]);
            expect(list.map(({ label }) => label)).toEqual(list.map(({ label }) => label).sort(new Intl.Collator(texts.lang).compare));
        }
    });

    test("every text is there, and words have the same parameters", () => {
        for (const part of ["labels", "hints", "told", "choices", "problems", "errors", "words"] as const) {
            const [here, there] = [texts[part], en[part]] as [Record<string, string>, Record<string, string>];
            expect(Object.keys(here)).toEqual(Object.keys(there));
            const names = (text = ""): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
            for (const [key, text] of Object.entries(here)) expect(names(text), key).toEqual(names(there[key]));
        }
    });

    test("a code tells where it was sent, without telling it to others", () => {
        const code = { name: "mobile_number_verification", type: "string", verifies: "mobile_number" } as const;
        const known = formField(code, texts, { sent: { mobile_number: "+5215512345689" } });
        expect(known).toMatchObject({ autocomplete: "one-time-code", inputmode: "numeric", dir: "ltr", required: true, destination: "•••• 89" });
        expect(known.hint).toContain("•••• 89");
        expect(JSON.stringify(known)).not.toContain("123456");
        const unknown = formField(code, texts);
        expect(unknown.hint).not.toMatch(/[{}]/);
        expect(unknown).not.toHaveProperty("destination");
        expect(formField({ ...code, verifies: "email_address" }, texts).label).not.toBe(known.label);
    });

    test("unknown fields, problems and errors have a text", () => {
        expect(formField({ name: "favourite_colour" }, texts)).toMatchObject({ label: "Favourite colour", type: "text", required: true });
        const later = "from_a_later_version" as FieldErrorCode;
        expect(problemText({ field: "favourite_colour", code: later }, texts)).toContain("Favourite colour");
        expect(problemText({ field: "favourite_colour", code: "not_a_choice" }, texts)).not.toMatch(/[{}]/);
        expect(errorText(new WindlassError("unexpected_response", "no JSON"), texts)).toBe(texts.words.failed);
        expect(errorText(new WindlassError("internal", "no", undefined, 500), texts)).toBe(texts.words.failed);
        expect(errorText(new WindlassError("invalid_code", "x", "mobile_number_verification", 400), texts)).toBe(texts.errors.invalid_code);
        expect(errorText(new WindlassError("invalid_field", "x", "city"), texts)).toContain(formField({ name: "city" }, texts).label);
        expect(errorText(new WindlassError("file_not_found", "x", "photo_id_front_file_id", 404), texts)).toContain(formField({ name: "photo_id_front" }, texts).label);
    });

    test("what is missing is asked for by kind", () => {
        expect([item("city"), item("sex"), item("photo_id_front")].map((field) => missingText(field, texts))).toEqual([texts.words.required, texts.words.requiredChoice, texts.words.requiredFile]);
    });
});

test("Arabic is written from right to left, and keeps what is filled in in its order", () => {
    expect(LANGUAGES.map(({ lang, dir }) => `${lang} ${dir}`)).toEqual(["ar rtl", "en ltr", "es ltr", "fr ltr", "pt ltr"]);
    expect(formField({ name: "mobile_number_verification", verifies: "mobile_number" }, ar, { sent: { mobile_number: "+5215512345689" } }).hint).toContain("\u2068•••• 89\u2069");
    const written = (name: string): string => formField({ name }, ar).dir;
    expect(["mobile_number", "email_address", "clabe_number", "city", "address", "sex"].map(written)).toEqual(["ltr", "ltr", "ltr", "auto", "auto", "auto"]);
});

test("the language is that of the first which is known", () => {
    const all = ["pt-BR", "FR", "ar_EG", "zh", "constructor"].map((language) => formTexts(language).lang);
    expect(all).toEqual(["pt", "fr", "ar", "en", "en"]);
    expect(formTexts(["de", "es-419", "fr"])).toBe(es);
    expect(formTexts([])).toBe(en);
});

test("the anchor decides about order, kind and choices", () => {
    const customer: Customer = {
        status: "NEEDS_INFO",
        fields: {
            city: { optional: true },
            shoe_size: { type: "number", description: "European" },
            id_type: { choices: ["passport", "residence_permit"] },
            address_country_code: { choices: ["MEX", "AR"] },
            birth_date: { type: "date", description: "Day of birth." },
            bank_name: { description: "Only banks in Chile" },
        },
        provided_fields: { email_address: { status: "VERIFICATION_REQUIRED" }, first_name: { status: "REJECTED" }, last_name: { status: "REJECTED", error: "too short" } },
    };
    const fields = formFields(todo(customer), es);
    expect(fields.map(({ name }) => name)).toEqual(todo(customer).map(({ name }) => name));
    const named = (name: string) => fields.find((field) => field.name === name);
    expect(fields[0]).toMatchObject({ verifies: "email_address" });
    expect(named("city")?.required).toBe(false);
    expect(named("shoe_size")).toMatchObject({ type: "text", inputmode: "decimal", hint: "European" });
    expect(named("id_type")).toMatchObject({ choices: [{ value: "passport", label: "Pasaporte" }, { value: "residence_permit", label: "Residence permit" }] });
    expect(named("address_country_code")).toMatchObject({ choices: [{ value: "MEX", label: "México" }, { value: "AR", label: "Argentina" }] });
    expect(named("bank_name")).toMatchObject({ hint: es.hints["bank_name"], description: "Only banks in Chile" });
    expect(formField({ name: "birth_date", description: es.hints["birth_date"] }, es)).not.toHaveProperty("description");
    expect(formField({ name: "id_country_code", description: es.told["id_country_code"] }, es)).not.toHaveProperty("description");
    expect(named("first_name")?.error).toContain("Nombre");
    expect(named("last_name")?.error).toBe("too short");
    expect(problemText({ field: "id_type", code: "not_a_choice" }, es, fields)).toContain("Pasaporte, Residence permit");
    expect(formField({ name: "city", type: "binary" }, en).type).toBe("file");
});

test.each([
    ["mobile_number", " +1 (415) 555-2671 ", "+14155552671"],
    ["mobile_number", "0049 171 12345", "+4917112345"],
    ["mobile_number", "0171 12345", "0171 12345"],
    ["clabe_number", "0321 8000 0118 3597 19", "032180000118359719"],
    ["card.number", "4242-4242-4242-4242", "4242424242424242"],
    ["card.expiration_date", "11/29", "29-11"],
    ["card.expiration_date", "11 / 2029", "29-11"],
    ["card.expiration_date", "2029-11", "29-11"],
    ["card.expiration_date", "29-11", "29-11"],
    ["family_name", "  van  Gogh ", "van  Gogh"],
    ["address", " 1 Main St\nSpringfield\n", " 1 Main St\nSpringfield\n"],
    ["address", " \n ", undefined],
    ["favourite_colour", " red ", "red"],
    ["city", "   ", undefined],
])("of %s, %j is sent as %j", (name, typed, sent) => {
    expect(formValue(item(name), typed)).toBe(sent);
    if (sent !== undefined) expect(sent.length).toBeLessThanOrEqual((item(name) as { maxlength?: number }).maxlength ?? Infinity);
});

test("a code is sent without the blanks that people copy", () => {
    expect(formValue({ name: "mobile_number_verification", type: "text", verifies: "mobile_number" }, " 12 34 56 ")).toBe("123456");
    expect(forms.resendCode({ verifies: "email_address" }, "ana@mail.example")).toEqual({ fields: { email_address: "ana@mail.example" } });
});

test.each([
    ["+4917112345689", "•••• 89"],
    ["jane@example.com", "j•••@example.com"],
    ["😀x@example.com", "😀•••@example.com"],
    ["1234", "••••"],
    ["", "••••"],
    ["@example.com", "••••"],
])("%j is shown as %j", (value, masked) => {
    expect(forms.maskDestination(value)).toBe(masked);
});

test("the longest values are as long as the core lets them be", () => {
    const longest = (name: string): number => (item(name) as { maxlength?: number }).maxlength ?? 0;
    expect(checkField("city", "x".repeat(longest("city")))).toBeUndefined();
    expect(checkField("city", "x".repeat(longest("city") + 1))?.code).toBe("too_long");
    const mail = (length: number): string => "x@mail.example".padStart(length, "x");
    expect(checkField("email_address", mail(longest("email_address")))).toBeUndefined();
    expect(checkField("email_address", mail(longest("email_address") + 1))?.code).toBe("not_an_email");
});

test("a refusal of the anchor is shown in its words, with the label in place of the name", () => {
    const refused = new WindlassError("invalid_field", "birth_date: debe tener 18 años", "birth_date", 400);
    expect(errorText(refused, es)).toBe("Fecha de nacimiento: debe tener 18 años.");
    const both = new WindlassError("invalid_field", "mobile_number_format: no; mobile_number: your address, city", "mobile_number", 400);
    expect(errorText(both, en)).toBe("Mobile number format: no; Mobile number: your address, city.");
    expect(errorText(new WindlassError("invalid_field", "city must agree with the city", "city", 400), es)).toBe("Ciudad must agree with the city.");
    expect(errorText(new WindlassError("invalid_field", "\u2068city\u2069 x", "city", 400), ar)).toBe("\u2068المدينة\u2069 x.");
    expect(errorText(new WindlassError("refused", "closed on Sundays", undefined, 400), en)).toBe("Closed on Sundays.");
});

test("values that were not sent are explained by their problems", async () => {
    const session = await fake.session(await Keypair.random());
    const error = await caught(() => session.putCustomer({ fields: { city: "Bern", birth_date: "1990-04-31", sex: "x" } }));
    expect(error.problems).toMatchObject([
        { field: "birth_date", code: "not_a_date", severity: "error" },
        { field: "sex", code: "not_a_choice" },
    ]);
    expect(errorText(error, es)).toBe("Fecha de nacimiento debe ser una fecha con el formato YYYY-MM-DD, por ejemplo 1990-04-21.");
    expect(await caught(() => session.putCustomer({}))).not.toHaveProperty("problems");
});

test("a bundle has only the languages that it uses, and no WebAssembly; CommonJS gets the same", async () => {
    const source = fileURLToPath(new URL("../forms.js", import.meta.url));
    const bundle = async (code: string): Promise<string> => {
        const bundle = await rolldown({
            input: "entry",
            platform: "neutral",
            plugins: [{ name: "entry", resolveId: (id) => (id === "entry" ? "\0entry" : null), load: (id) => (id === "\0entry" ? code : null) }],
        });
        return (await bundle.generate({ minify: true })).output[0].code;
    };
    const one = await bundle(`export { es, formFields, problemText } from ${JSON.stringify(source)};`);
    expect(LANGUAGES.filter(({ words }) => one.includes(words.resend))).toEqual([es]);
    expect(/WebAssembly|document\.[a-z]|window\./.test(one)).toBe(false);
    // The sizes in the README.
    const all = await bundle(`export * from ${JSON.stringify(source)};`);
    const size = (code: string): number => Math.round(gzipSync(code, { level: 9 }).length / 1000);
    expect([size(one), size(all)]).toEqual([10, 22]);
    expect((await bundle(`import ${JSON.stringify(source)};`)).trim()).toBe("");
    const required = createRequire(import.meta.url)("windlass/forms") as typeof forms;
    expect(Object.keys(required).sort()).toEqual(Object.keys(forms).sort());
    expect(required.pt).toEqual(pt);
});
