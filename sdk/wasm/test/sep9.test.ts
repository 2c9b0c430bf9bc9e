import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { checkField, checkFields, checkFile, type Customer } from "windlass";
import * as sep9 from "windlass/sep9";
import { caught } from "./caught.js";

const codes = (values: Parameters<typeof checkFields>[0], options?: Parameters<typeof checkFields>[1]) =>
    checkFields(values, options).map(({ field, code }) => `${field} ${code}`);

test("the catalogue has all fields, as plain objects", () => {
    const { fields, field } = sep9;
    expect([fields.length, new Set(fields.map((field) => field.name)).size]).toEqual([92, 92]);
    expect(field("last_name")).toMatchObject({ canonical: "family_name", kind: "string", group: "natural_person" });
    expect(field("sex")?.choices).toEqual(["male", "female", "other"]);
    expect(field("photo_id_front")?.media).toEqual(["image/jpeg", "image/png"]);
    expect(field("Last_name")).toBeUndefined();
    expect(JSON.parse(JSON.stringify(fields))).toEqual(fields);
});

test("good values have no errors", () => {
    expect(checkFields({ birth_date: "2000-02-29", mobile_number: "+14155552671", city: undefined, occupation: 251n })).toEqual([]);
});

test("all wrong values are reported, without the values themselves", () => {
    const errors = checkFields({ birth_date: "2001-02-29", mobile_number: "secret", sex: "F" });
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual(["birth_date not_a_date", "mobile_number not_e164", "sex not_a_choice"]);
    expect(JSON.stringify(errors)).not.toContain("secret");
});

test("names outside SEP-9, codes and file ids are not checked", () => {
    expect(codes({ favourite_colour: "", mobile_number_verification: "x", photo_id_front_file_id: "f" })).toEqual([]);
});

test("today is the clock's day unless it is given", async () => {
    expect(codes({ birth_date: "2030-01-01" }, { today: "2030-01-01" })).toEqual([]);
    expect(codes({ birth_date: "2030-01-02" }, { today: "2030-01-01" })).toEqual(["birth_date in_the_future"]);
    expect(codes({ birth_date: "9999-01-01" })).toEqual(["birth_date in_the_future"]);
    expect((await caught(() => checkFields({}, { today: "1.1.2030" }))).code).toBe("invalid_request");
});

test("choices are those of the anchor", () => {
    const choices = { id_type: ["passport"] };
    expect(codes({ id_type: "id_card" }, { choices })).toEqual(["id_type not_a_choice"]);
    expect(codes({ id_type: "passport" }, { choices })).toEqual([]);
});

test("numbers that JavaScript cannot hold are refused", () => {
    for (const number of [1.5, -1, NaN, Infinity, 2 ** 53]) {
        expect(codes({ "organization.number_of_shareholders": number })).toEqual(["organization.number_of_shareholders not_an_integer"]);
    }
    expect(codes({ "organization.number_of_shareholders": 2n ** 64n - 1n })).toEqual([]);
});

test("the bytes of a file decide its type", () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(checkFile("photo_id_front", png)).toBeUndefined();
    expect(checkFile("photo_id_front", new Uint8Array(8))?.code).toBe("wrong_file");
    expect(checkFile("city", png)?.code).toBe("not_a_file_field");
    expect(checkFile("x", png)?.code).toBe("unknown_field");
});

const doubtful = {
    mobile_number: "0171 1234567",
    occupation: "software engineer",
    address_country_code: "DE",
    language_code: "de-AT",
    email_address: "ana@localhost",
    clabe_number: "0321 8000",
};

test("what SEP-9 does not demand is a warning, and an error if checks are strict", () => {
    const severities = (checks?: "sep9" | "strict") => checkFields({ ...doubtful, birth_date: "1.1.2000" }, { checks }).map(({ field, severity }) => `${field} ${severity}`);
    const names = Object.keys(doubtful);
    expect(severities()).toEqual([...names.map((name) => `${name} warning`), "birth_date error"]);
    expect(severities("sep9")).toEqual(severities());
    expect(severities("strict")).toEqual([...names, "birth_date"].map((name) => `${name} error`));
    expect(checkField("occupation", "painter")?.severity).toBe("warning");
    expect(checkField("occupation", "painter", { checks: "strict" })?.severity).toBe("error");
    const pdf = new TextEncoder().encode("%PDF-1.7");
    expect(checkFile("photo_id_front", pdf)?.severity).toBe("warning");
    expect(checkFile("photo_id_front", pdf, { checks: "strict" })?.severity).toBe("error");
    expect(checkFile("city", pdf)?.severity).toBe("error");
});

test("choices and types of a customer apply to fields of the anchor's own", () => {
    const customer: Customer = {
        status: "NEEDS_INFO",
        fields: { favourite_colour: { choices: ["red"] }, shoe_size: { type: "number" } },
    };
    expect(codes({ favourite_colour: "green", shoe_size: "large" }, { customer })).toEqual(["favourite_colour not_a_choice", "shoe_size not_a_number"]);
    expect(codes({ favourite_colour: "red", shoe_size: "42.5" }, { customer })).toEqual([]);
    expect(codes({ favourite_colour: "green" }, { choices: { favourite_colour: ["red"] } })).toEqual(["favourite_colour not_a_choice"]);
});

test("checkField reports what checkFields does", () => {
    expect(checkField("birth_date", "2001-02-29")).toEqual(checkFields({ birth_date: "2001-02-29" })[0]);
    expect(checkField("birth_date", "2001-02-28")).toBeUndefined();
    expect(checkField("id_type", "id_card", { choices: { id_type: ["passport"] } })?.code).toBe("not_a_choice");
});

test("there is a constant for each field", () => {
    const { fields, field, isSep9Name, ...constants } = sep9;
    expect(Object.values(constants).length).toBe(92);
    for (const constant of fields) {
        expect(Object.entries(constants).find(([, value]) => value === constant)?.[0]).toBe(constant.name.replace(".", "_"));
        expect(field(constant.name)).toBe(constant);
        expect(isSep9Name(constant.name)).toBe(true);
    }
    expect([field("shoe_size" as string), isSep9Name("shoe_size")]).toEqual([undefined, false]);
});

test("the examples of the constants are good values", () => {
    const wrong = sep9.fields.flatMap(({ name, example }) => (example === undefined ? [] : checkFields({ [name]: example })));
    expect(wrong).toEqual([]);
    expect(sep9.birth_date.example).toBe("1990-04-21");
});

test("a bundle has only the constants that it uses, and CommonJS gets the same ones", async () => {
    const entry = "\0entry";
    const bundle = await rolldown({
        input: "entry",
        platform: "neutral",
        plugins: [
            {
                name: "entry",
                resolveId: (id) => (id === "entry" ? entry : null),
                load: (id) => (id === entry ? `export { sex } from ${JSON.stringify(fileURLToPath(new URL("../sep9.js", import.meta.url)))};` : null),
            },
        ],
    });
    const { output } = await bundle.generate({ minify: true });
    expect(output[0].code).toContain("as in the passport");
    expect(output[0].code.length).toBeLessThan(300);
    expect(createRequire(import.meta.url)("windlass/sep9").fields).toEqual(sep9.fields);
});
