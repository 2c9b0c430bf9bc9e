/** Whom or what a field describes. */
export type Sep9Group = "natural_person" | "financial_account" | "organization" | "organization_financial_account" | "card";

/** The type of a value, as SEP-12 announces it. */
export type Sep9Kind = "string" | "number" | "date" | "binary";

/** How a value is written: what a form chooses its input by. */
export type Sep9Format =
    | "text"
    | "multiline"
    | "iso639_1"
    | "iso3166_alpha3"
    | "iso3166_alpha2"
    | "iso3166_2"
    | "iso8601_date"
    | "yy_mm"
    | "e164"
    | "phone"
    | "phone_format"
    | "email"
    | "isco08_3"
    | "integer"
    | "ip"
    | "enum"
    | "open_enum"
    | "card_number"
    | "image"
    | "image_or_video";

/** A kind of file: what the `accept` of a file input takes. */
export type Sep9Media = "image/jpeg" | "image/png" | "application/pdf" | "video/mp4" | "video/webm" | "video/quicktime";

/** A field of SEP-9, under one of its names. `kind` tells files from the rest. */
export type Sep9Field = Sep9TextField | Sep9FileField;

/** What is known of every field. */
export interface Sep9Base {
    /** The name on the wire, dots and case included. */
    readonly name: Sep9Name;
    /** The name to store under. Differs from `name` for an alias such as `last_name`. */
    readonly canonical: Sep9Name;
    /** Whom or what it describes. */
    readonly group: Sep9Group;
    /** How a value is written. */
    readonly format: Sep9Format;
    /** What to call it in a form, in English. */
    readonly label: string;
    /** One sentence on what to enter, in English. */
    readonly description: string;
    /** A value to show in an empty input, where the format is a narrow one. */
    readonly example?: string;
    /** The listed values: the only ones if the format is `enum`, suggestions if it is `open_enum`. Those that an anchor names count more. */
    readonly choices?: readonly string[];
    /** The fewest and the most digits, where a value is digits and nothing else. */
    readonly digits?: readonly [number, number];
    /** Understood, but not to be asked for any more. */
    readonly deprecated: boolean;
}

/** A field whose value is text or a number. */
export interface Sep9TextField extends Sep9Base {
    /** The type of its value. */
    readonly kind: "string" | "number" | "date";
    /** Not in this case. */
    readonly media?: never;
}

/** A field whose value is a file. */
export interface Sep9FileField extends Sep9Base {
    /** Which case it is. */
    readonly kind: "binary";
    /** The kinds of file that it takes. */
    readonly media: readonly Sep9Media[];
}

/** What the compiler knows of every constant. */
export interface Sep9Known<Name extends Sep9Name, Kind extends Sep9Kind, Format extends Sep9Format> {
    /** Its name on the wire. */
    readonly name: Name;
    /** The type of its value. */
    readonly kind: Kind;
    /** How its value is written. */
    readonly format: Format;
}

/** A constant that lists values. */
export interface Sep9Choices<Choices extends readonly string[]> {
    /** The listed values. */
    readonly choices: Choices;
}

/** A constant whose value is digits. */
export interface Sep9Digits<Fewest extends number, Most extends number> {
    /** The fewest and the most. */
    readonly digits: readonly [Fewest, Most];
}

/** A constant whose value is a file. */
export interface Sep9Files<Media extends readonly Sep9Media[]> {
    /** The kinds of file that it takes. */
    readonly media: Media;
}

/** The type of a constant: a field of which the compiler knows more. */
export type Sep9Constant<Name extends Sep9Name, Kind extends Sep9Kind, Format extends Sep9Format> = (Kind extends "binary"
    ? Sep9FileField
    : Sep9TextField) &
    Sep9Known<Name, Kind, Format>;

/**
 * Every field, under each of its names, in the order of SEP-9.
 *
 * @example
 * ```ts
 * import { fields } from "windlass/sep9";
 *
 * const files = fields.filter(({ kind }) => kind === "binary").map(({ name }) => name);
 * console.log(files[0]); // photo_id_front
 * ```
 */
export const fields: readonly Sep9Field[];

/**
 * The field of this name; nothing, if SEP-9 does not have it.
 *
 * @example
 * ```ts
 * import { field } from "windlass/sep9";
 *
 * console.log(field("birth_date").label); // Date of birth
 * console.log(field("shoe_size" as string)?.label ?? "unknown"); // unknown
 * ```
 */
export function field(name: Sep9Name): Sep9Field;
/** The field of a name that is not known to be one of SEP-9, such as an anchor's. */
export function field(name: string): Sep9Field | undefined;

/**
 * Whether SEP-9 has a field of this name.
 *
 * @example
 * ```ts
 * import { isSep9Name } from "windlass/sep9";
 *
 * console.log(isSep9Name("organization.name"), isSep9Name("shoe_size")); // true false
 * ```
 */
export function isSep9Name(name: string): name is Sep9Name;
