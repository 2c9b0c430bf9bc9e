//! Values by name.

use alloc::{string::String, vec::Vec};
use core::{fmt, marker::PhantomData, mem, ops::Index};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

use crate::json::{self, Fault, FromJson, Members, ToJson};

/// Values by name, in the order of the names.
///
/// It does what `BTreeMap<String, V>` did in its place. Of that, a browser had to download 2 to 4 KB for every type of value;
/// here, all that is more than a line is the same code for all of them.
#[derive(Clone)]
pub struct Map<V> {
    names: Names,
    /// In the order in which the names came.
    values: Vec<V>,
}

impl<V> Map<V> {
    /// An empty one.
    pub const fn new() -> Self {
        Self { names: Names { came: Vec::new(), order: Vec::new() }, values: Vec::new() }
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.values.get(self.names.find(name)?)
    }

    /// The value of this name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        self.values.get_mut(self.names.find(name)?)
    }

    /// Whether there is a value of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.names.find(name).is_some()
    }

    /// Puts a value under a name, and gives back the one that was there.
    pub fn insert(&mut self, name: String, value: V) -> Option<V> {
        match self.names.add(name) {
            Some(at) => Some(mem::replace(&mut self.values[at], value)),
            None => {
                self.values.push(value);
                None
            }
        }
    }

    /// The value of this name; one is made if there is none.
    pub fn get_or_insert_with(&mut self, name: String, make: impl FnOnce() -> V) -> &mut V {
        let at = self.names.add(name).unwrap_or_else(|| {
            self.values.push(make());
            self.values.len() - 1
        });
        &mut self.values[at]
    }

    /// Takes a value out. That takes the longer the more there are.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        Some(self.values.remove(self.names.remove(name)?))
    }

    /// Names and values, in the order of the names.
    pub fn iter(&self) -> Iter<'_, V> {
        Iter { order: self.names.order.iter(), map: self }
    }

    /// The names, in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &String> + ExactSizeIterator {
        self.names.order.iter().map(|at| &self.names.came[*at as usize])
    }

    /// The values, in the order of their names.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }
}

/// The part that does not depend on the type of the values.
#[derive(Clone, Default)]
struct Names {
    /// In the order in which they came.
    came: Vec<String>,
    /// Their places, in the order of the names. To put one in between moves four bytes for each one after it: what no message has,
    /// 100 000 names in a bad order, takes about a second, and half as many a quarter of that.
    order: Vec<u32>,
}

impl Names {
    #[inline(never)]
    fn search(&self, name: &str) -> Result<usize, usize> {
        self.order.binary_search_by(|at| self.came[*at as usize].as_str().cmp(name))
    }

    /// The place of a name.
    #[inline(never)]
    fn find(&self, name: &str) -> Option<usize> {
        self.search(name).ok().map(|rank| self.order[rank] as usize)
    }

    /// Adds a name at the end, or finds its place.
    #[inline(never)]
    fn add(&mut self, name: String) -> Option<usize> {
        match self.search(&name) {
            Ok(rank) => Some(self.order[rank] as usize),
            Err(rank) => {
                self.order.insert(rank, self.came.len() as u32);
                self.came.push(name);
                None
            }
        }
    }

    /// Takes a name out, and tells where it was.
    fn remove(&mut self, name: &str) -> Option<usize> {
        let at = self.order.remove(self.search(name).ok()?);
        for other in &mut self.order {
            *other -= u32::from(*other > at);
        }
        self.came.remove(at as usize);
        Some(at as usize)
    }
}

/// Names and values of a [`Map`].
pub struct Iter<'a, V> {
    order: core::slice::Iter<'a, u32>,
    map: &'a Map<V>,
}

impl<'a, V> Iterator for Iter<'a, V> {
    type Item = (&'a String, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let at = *self.order.next()? as usize;
        Some((&self.map.names.came[at], &self.map.values[at]))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.order.size_hint()
    }
}

impl<V> ExactSizeIterator for Iter<'_, V> {}

impl<V> fmt::Debug for Iter<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter")
    }
}

/// Names and values that were a [`Map`].
pub struct IntoIter<V> {
    order: alloc::vec::IntoIter<u32>,
    names: Vec<String>,
    values: Vec<Option<V>>,
}

impl<V> Iterator for IntoIter<V> {
    type Item = (String, V);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.order.next()? as usize;
        Some((mem::take(&mut self.names[at]), self.values[at].take()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.order.size_hint()
    }
}

impl<V> ExactSizeIterator for IntoIter<V> {}

impl<V> fmt::Debug for IntoIter<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IntoIter")
    }
}

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = (&'a String, &'a V);
    type IntoIter = Iter<'a, V>;

    fn into_iter(self) -> Iter<'a, V> {
        self.iter()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = IntoIter<V>;

    fn into_iter(self) -> IntoIter<V> {
        let Names { came, order } = self.names;
        let values = self.values.into_iter().map(Some).collect();
        IntoIter { order: order.into_iter(), names: came, values }
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V> Extend<(String, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (String, V)>>(&mut self, members: I) {
        for (name, value) in members {
            self.insert(name, value);
        }
    }
}

impl<V> FromIterator<(String, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(members: I) -> Self {
        let mut map = Self::new();
        map.extend(members);
        map
    }
}

impl<V, const N: usize> From<[(String, V); N]> for Map<V> {
    fn from(members: [(String, V); N]) -> Self {
        members.into_iter().collect()
    }
}

impl<V> Index<&str> for Map<V> {
    type Output = V;

    /// # Panics
    ///
    /// There is none of this name.
    fn index(&self, name: &str) -> &V {
        match self.get(name) {
            Some(value) => value,
            None => panic!("no {name} here"),
        }
    }
}

impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other)
    }
}

impl<V: Eq> Eq for Map<V> {}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<V: ToJson> ToJson for Map<V> {
    fn to_json(&self, out: &mut String) {
        Members::object(self, out);
    }

    fn to_members(&self, out: &mut Members<'_>) {
        for (name, value) in self {
            out.member(name, value);
        }
    }
}

/// Of two members with one name, the last counts.
impl<V: FromJson> FromJson for Map<V> {
    fn from_json(value: json::Value, fault: &mut Fault) -> Self {
        let mut map = Self::new();
        for (name, value) in value.object(fault).0 {
            let sound = fault.is_none();
            let value = V::from_json(value, fault);
            fault.within(&name, sound);
            map.insert(name, value);
        }
        map
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AnyMap(PhantomData))
    }
}

struct AnyMap<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for AnyMap<V> {
    type Value = Map<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Map<V>, A::Error> {
        let mut map = Map::new();
        while let Some((name, value)) = members.next_entry()? {
            map.insert(name, value);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn it_is_as_the_tree_of_the_standard_library(steps in vec(("[a-d]{0,3}", any::<Option<u8>>()), 0..60)) {
            let (mut map, mut tree) = (Map::new(), BTreeMap::new());
            for (name, value) in steps {
                prop_assert_eq!(map.get(&name), tree.get(&name));
                match value {
                    Some(value) => prop_assert_eq!(map.insert(name.clone(), value), tree.insert(name.clone(), value)),
                    None => prop_assert_eq!(map.remove(&name), tree.remove(&name)),
                }
                prop_assert_eq!(map.get_mut(&name), tree.get_mut(&name));
                prop_assert_eq!(map.get_or_insert_with("b".into(), || 7), tree.entry("b".into()).or_insert(7));
                prop_assert_eq!(map.contains_key(&name), tree.contains_key(&name));
                prop_assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()));
                prop_assert!(map.iter().eq(&tree) && map.keys().eq(tree.keys()) && map.values().eq(tree.values()));
            }
            let text = serde_json::to_string(&tree).unwrap();
            prop_assert_eq!(&serde_json::to_string(&map).unwrap(), &text);
            prop_assert_eq!(serde_json::from_str::<Map<u8>>(&text).unwrap(), map.clone());
            prop_assert_eq!(tree.clone().into_iter().rev().collect::<Map<u8>>(), map.clone(), "whatever the order");
            prop_assert!(map.into_iter().eq(tree));
        }
    }

    #[test]
    fn maps_with_other_names_or_values_differ() {
        let map = |members: &[(&str, u8)]| {
            members.iter().map(|(name, value)| ((*name).into(), *value)).collect::<Map<u8>>()
        };
        assert_eq!(map(&[("a", 1), ("b", 2)]), map(&[("b", 2), ("a", 1)]));
        assert_ne!(map(&[("a", 1)]), map(&[("a", 2)]));
        assert_ne!(map(&[("a", 1)]), map(&[("b", 1)]));
        assert_ne!(map(&[("a", 1)]), map(&[("a", 1), ("b", 1)]));
        assert_eq!(map(&[("b", 2), ("a", 1)])["b"], 2);
    }
}
