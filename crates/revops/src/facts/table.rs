//! Records by their key, and those that belong to another one.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A record, by its place in the world's list of ids. What order keys have depends on the order in which records were read:
/// whatever must be the same on every device is ordered by [`Ids::id`] instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u32);

impl Key {
    /// Its place in the world's list of ids, for tables that hold something for every key.
    pub(crate) fn place(self) -> usize {
        self.0 as usize
    }
}

impl Key {
    /// The key of a record that a world has never heard of: nothing is found by it.
    pub const UNKNOWN: Self = Self(u32::MAX);
}

/// Ids and their keys. A record that was never read may have one: others point to it.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    by_id: HashMap<super::Text, Key>,
    ids: Vec<super::Text>,
}

impl Ids {
    /// The key of an id, given now where it had none.
    pub fn key(&mut self, id: &str) -> Key {
        if let Some(key) = self.by_id.get(id) {
            return *key;
        }
        let key = Key(u32::try_from(self.ids.len()).unwrap_or(u32::MAX));
        let id: super::Text = id.into();
        self.ids.push(id.clone());
        self.by_id.insert(id, key);
        key
    }

    /// The key of an id, if it has one.
    pub fn find(&self, id: &str) -> Option<Key> {
        self.by_id.get(id).copied()
    }

    /// How many keys were given.
    pub(crate) fn count(&self) -> usize {
        self.ids.len()
    }

    /// The id of a key of this world.
    pub fn id(&self, key: Key) -> &str {
        self.ids.get(key.0 as usize).map_or("", |id| id)
    }
}

/// Something for each of some keys. Keys are small numbers that nobody from outside chooses, so spreading them is enough.
pub(crate) type ByKey<T> = HashMap<Key, T, BuildHasherDefault<Spread>>;

/// Spreads a key over 64 bits: multiplied by 2⁶⁴ ⁄ φ (Fibonacci hashing; Knuth, The Art of Computer Programming 3, 6.4).
#[derive(Debug, Clone, Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        // Tables take their place from the low bits and a mark from the high ones.
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

/// A record of one kind.
pub trait Fact {
    /// Which record it is.
    fn key(&self) -> Key;
    /// The records it belongs to: it is found through each.
    fn parents(&self) -> Vec<Key> {
        Vec::new()
    }
}

/// The records of one kind.
#[derive(Debug, Clone)]
pub struct Table<T> {
    rows: Vec<T>,
    places: ByKey<u32>,
    children: ByKey<Vec<Key>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), places: ByKey::default(), children: ByKey::default() }
    }
}

impl<T: Fact> Table<T> {
    /// The record of this key.
    pub fn get(&self, key: Key) -> Option<&T> {
        self.rows.get(*self.places.get(&key)? as usize)
    }

    /// The same, to be completed.
    pub fn get_mut(&mut self, key: Key) -> Option<&mut T> {
        self.rows.get_mut(*self.places.get(&key)? as usize)
    }

    /// Every record, in no order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// Those that belong to `parent`, in no order.
    pub fn of(&self, parent: Key) -> impl Iterator<Item = &T> {
        self.children.get(&parent).into_iter().flatten().filter_map(|key| self.get(*key))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Takes a record in, in the place of the one with its key.
    pub fn put(&mut self, fact: T) {
        let key = fact.key();
        self.remove(key);
        for parent in fact.parents() {
            let children = self.children.entry(parent).or_default();
            // A record may belong to one parent in two ways.
            if children.last() != Some(&key) {
                children.push(key);
            }
        }
        self.places.insert(key, u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        self.rows.push(fact);
    }

    /// Takes a record out.
    pub fn remove(&mut self, key: Key) {
        let Some(place) = self.places.remove(&key) else { return };
        let fact = self.rows.swap_remove(place as usize);
        if let Some(moved) = self.rows.get(place as usize) {
            self.places.insert(moved.key(), place);
        }
        for parent in fact.parents() {
            if let Some(children) = self.children.get_mut(&parent) {
                children.retain(|child| *child != key);
            }
        }
    }
}
