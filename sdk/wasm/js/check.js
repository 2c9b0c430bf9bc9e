import { WindlassError } from "./error.js";

/** Makes `checkField`, which checks one value, from `checkFields`, which checks a form. */
export const oneOf = (checkFields) => (name, value, options) => {
    if (typeof name !== "string") throw new WindlassError("invalid_request", "name must be a string");
    return checkFields({ [name]: value }, options)[0];
};
