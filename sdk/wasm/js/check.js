/** Makes `checkField`, which checks one value, from `checkFields`, which checks a form. */
export const oneOf = (checkFields) => (name, value, options) => checkFields({ [name]: value }, options)[0];
