//! Fields that SEP-9 does not have, which anchors may ask for.

use windlass_core::{
    sep9::{Kind, Name, Value, ValueError},
    sep12::Customer,
    time::Date,
};

/// The error in the value of such a field: against the type and the choices that the anchor names,
/// if the customer is known. A name that the anchor does not ask for may be a misspelt one of SEP-9.
pub(super) fn error(name: &str, value: &Value, known: Option<&Customer>) -> Option<ValueError> {
    if Name::parse(name) != Name::Unknown {
        return None;
    }
    let field = known.and_then(|customer| {
        let wanted = customer.fields.as_ref().and_then(|fields| fields.get(name));
        let provided = || Some(&customer.provided_fields.as_ref()?.get(name)?.field);
        wanted.or_else(provided)
    });
    let choices = field.and_then(|field| field.choices.as_deref()).unwrap_or_default();
    match value {
        Value::Other => Some(ValueError::NotText),
        Value::Text(text) if !choices.is_empty() && !choices.contains(text) => {
            Some(ValueError::NotAChoice(choices.join(", ")))
        }
        Value::Text(text)
            if field.is_some_and(|field| field.kind == Some(Kind::Date))
                && text.parse::<Date>().is_err() =>
        {
            Some(ValueError::NotADate)
        }
        _ if field.is_none() => Name::meant_by(name).map(|field| ValueError::Misspelt(field.name)),
        _ => None,
    }
}
