export function maskDestination(value) {
    const at = value.lastIndexOf("@");
    if (at > 0) return `${[...value][0]}•••${value.slice(at)}`;
    const digits = value.replace(/\D/g, "");
    return digits.length > 4 ? `•••• ${digits.slice(-2)}` : "••••";
}

export function resendCode({ verifies }, value) {
    return { fields: { [verifies]: value } };
}
