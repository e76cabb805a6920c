//! Facts by their place, whether they are held in memory or decoded from the compact form on demand.

use std::ops::Index;

use super::packed::PackedFacts;
use crate::model::{Claim, Fact, Source, Span};

/// The facts of a data set, by key.
pub enum Facts<'g> {
    /// In memory, with the documents.
    Held(Vec<Fact>, Vec<Source>),
    /// In the compact form.
    Packed(PackedFacts<'g>),
}

impl Facts<'_> {
    /// The documents that they rest on, by name.
    pub fn sources(&self) -> &[Source] {
        match self {
            Facts::Held(_, sources) => sources,
            Facts::Packed(facts) => &facts.sources,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Facts::Held(facts, _) => facts.len(),
            Facts::Packed(facts) => facts.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every fact, by key. Decodes all of a compact form.
    pub fn iter(&self) -> impl Iterator<Item = &Fact> + '_ {
        (0..self.len()).map(|at| &self[at])
    }

    /// Places of the facts of which two readings exclude each other.
    pub fn disputed(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(|&at| match self {
            Facts::Held(facts, _) => facts[at].is_disputed(),
            Facts::Packed(facts) => facts.head(at).disputed,
        })
    }

    /// When the fact at `at` held, as far as everything that is known of it allows; decodes nothing.
    ///
    /// # Panics
    /// If there is no such fact.
    pub fn life(&self, at: usize) -> Span {
        match self {
            Facts::Held(facts, _) => facts[at].life,
            Facts::Packed(facts) => facts.head(at).life,
        }
    }

    /// The claims of a compact form; `None` where only facts are held.
    pub fn claims(&self) -> Option<Vec<Claim>> {
        match self {
            Facts::Held(..) => None,
            Facts::Packed(facts) => Some(facts.claims()),
        }
    }
}

impl Index<usize> for Facts<'_> {
    type Output = Fact;

    fn index(&self, at: usize) -> &Fact {
        match self {
            Facts::Held(facts, _) => &facts[at],
            Facts::Packed(facts) => facts.fact(at),
        }
    }
}
