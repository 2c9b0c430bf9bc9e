//! Lenient reading: a value of the wrong type costs only its own member.

use serde::de::DeserializeOwned;

use super::{
    JsonError, Tree,
    error::{Step, text},
};

/// The most members that are left out of one text.
const MOST: usize = 100;

/// The value that was read, and the members that were left out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lenient<T> {
    /// The value.
    pub value: T,
    /// The members whose values have the wrong type, such as `fields.birth_date.choices`.
    pub odd: Vec<String>,
}

/// Reads a value from a JSON text, without the members whose values have the wrong type.
///
/// # Errors
///
/// The text is not JSON, a required member is missing or has the wrong type, or more than 100
/// members have the wrong type. The error names the member and never contains its value.
pub fn from_slice_leniently<T: DeserializeOwned>(bytes: &[u8]) -> Result<Lenient<T>, JsonError> {
    let mut value = None;
    let odd = prune(bytes, &mut |tree| {
        value = Some(tree.read()?);
        Ok(())
    })?;
    let value = value.ok_or_else(|| JsonError::at_root("there is no value".to_owned()))?;
    Ok(Lenient { value, odd })
}

type Read<'a> = dyn FnMut(&Tree) -> Result<(), JsonError> + 'a;

/// Leaves out members until `read` succeeds, and returns their paths. It has no type parameter, so
/// that the npm package contains it once.
fn prune(bytes: &[u8], read: &mut Read<'_>) -> Result<Vec<String>, JsonError> {
    let mut tree = Tree::parse(bytes)?;
    let mut odd = Vec::new();
    let mut last = None;
    loop {
        let Err(error) = read(&tree) else { return Ok(odd) };
        let path = member(&error);
        let Some((Step::Member(name), parents)) = path.split_last() else {
            // The top level lacks a required member. If it was just left out, its own error says
            // why.
            return Err(last.unwrap_or(error));
        };
        let culprits = culprits(&mut tree, path, read);
        odd.extend(culprits.iter().map(|name| format!("{}.{name}", text(path))));
        if culprits.is_empty() {
            tree.take(parents, name);
            odd.push(text(path));
        }
        if odd.len() > MOST {
            return Err(error);
        }
        last = Some(error);
    }
}

/// The path of the innermost member that contains the error. An invalid item makes its whole list
/// invalid.
fn member(error: &JsonError) -> &[Step] {
    let mut path = error.path();
    while let Some((Step::Item(_), list)) = path.split_last() {
        path = list;
    }
    path
}

/// Takes the invalid members out of an object whose type has a flattened part: there, serde names
/// only the object. Returns none if the object itself is invalid.
fn culprits(tree: &mut Tree, object: &[Step], read: &mut Read<'_>) -> Vec<String> {
    let mut fails = |tree: &Tree| read(tree).is_err_and(|error| member(&error) == object);
    let names = tree.names(object);
    // Each try reads the whole text again.
    if names.len() > MOST {
        return Vec::new();
    }
    let mut taken = Vec::new();
    for name in names {
        let value = tree.take(object, &name);
        taken.extend(value.map(|value| (name, value)));
        if !fails(tree) {
            break;
        }
    }
    let fixed = !fails(tree);
    let mut culprits = Vec::new();
    for (name, value) in taken {
        tree.put(object, &name, value);
        if fixed && fails(tree) {
            tree.take(object, &name);
            culprits.push(name);
        }
    }
    culprits
}
