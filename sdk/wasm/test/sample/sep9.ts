// Compiled by types.test.ts, never run: what the compiler knows of the constants of SEP-9.
import { checkField } from "windlass";
import { type Sep9Field, type Sep9Name, field, fields, first_name, id_type, isSep9Name, photo_id_front, sex } from "windlass/sep9";

const name: "first_name" = first_name.name;
const kind: "string" = first_name.kind;
const choices: readonly ["male", "female", "other"] = sex.choices;
const media: readonly ["image/jpeg", "image/png"] = photo_id_front.media;
const open: "open_enum" = id_type.format;
export const known = [name, kind, choices, media, open] as const;

export function accept(field: Sep9Field): string {
    switch (field.kind) {
        case "binary":
            return field.media.join();
        case "string":
        case "number":
        case "date":
            return field.choices?.join() ?? field.example ?? "";
        default:
            throw new Error(String(field satisfies never));
    }
}

export function labels(asked: string[]): string[] {
    const ours: Sep9Name[] = asked.filter((name) => isSep9Name(name));
    return [...ours.map((name) => field(name).label), ...asked.map((name) => field(name)?.label ?? name)];
}

export const wrong = fields.map(({ name }) => checkField(name, "")).filter((error) => error !== undefined);

// @ts-expect-error: SEP-9 has no such field
export const unknown: Sep9Name = "shoe_size";
// @ts-expect-error: a constant stays as it is
first_name.label = "Name";
// @ts-expect-error: text has no kinds of file
export const files: number = first_name.media.length;
