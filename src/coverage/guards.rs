//! Guards before the ladder (R0): own territory, parties of another time, territories.

use petgraph::graph::NodeIndex;

use super::Coverage;
use super::ladder::Ladder;
use super::remarks::Guard;
use super::rules::Rung;
use super::step::Step;
use crate::graph::QueryError;
use crate::model::EntityKind;

impl<'c, 'n> Coverage<'c, 'n> {
    /// The ladder of a pair, guards included: own territory, a party of another time (the ladder of the one state
    /// that stands in its place), a territory (its own rungs, then those of its sovereign).
    ///
    /// Steps: guards, then by rung, then capital before other cities, then preferred reading. With nobody to cover
    /// there is always a last step of [`Rung::Nothing`]. O(ties of the receiving state).
    ///
    /// # Errors
    /// [`QueryError::Absent`] if the data set says nothing of a party.
    pub fn ladder(&'c self, sending: &str, receiving: &str) -> Result<Ladder<'n>, QueryError> {
        let (sender, receiver) = (self.node(sending)?, self.node(receiving)?);
        let (sending, receiving) = (self.view.slug(sender), self.view.slug(receiver));
        let whole = |steps: Vec<Step<'n>>| Ladder { sending: sending.into(), receiving: receiving.into(), steps };
        let guard = |guard: Guard, by: Option<&str>| {
            let mut step = Step::new(sending, receiving, Rung::Guard);
            (step.form, step.guard, step.by) = (guard.words(), Some(guard), by.map(Into::into));
            step
        };
        if sender == receiver {
            return Ok(whole(vec![guard(Guard::OwnTerritory, None)]));
        }
        let (senders, receivers) = (self.in_its_place(sending), self.in_its_place(receiving));
        let mut steps = Vec::new();
        for (asked, found) in [(sending, &senders), (receiving, &receivers)] {
            match found.as_slice() {
                [] => steps.push(guard(Guard::NotThen, Some(asked))),
                [only] if *only == asked => {}
                others => steps.extend(others.iter().map(|other| guard(Guard::InItsPlace, Some(other)))),
            }
        }
        if steps.is_empty() {
            let steps = self.with_sovereigns(sender, receiver, guard);
            return Ok(whole(steps));
        }
        if let ([one], [other]) = (senders.as_slice(), receivers.as_slice()) {
            if one == other {
                steps.push(guard(Guard::OwnTerritory, None));
            } else if let (Some(one), Some(other)) = (self.view.network.node(one), self.view.network.node(other)) {
                steps.extend(self.ladders(other).of(one).steps);
            }
        }
        Ok(whole(steps))
    }

    /// The steps of a pair that exists on the date; where a party is a territory, guards before them and the
    /// missions of its sovereign, or to it, behind them.
    fn with_sovereigns(
        &'c self,
        sender: NodeIndex,
        receiver: NodeIndex,
        guard: impl Fn(Guard, Option<&str>) -> Step<'n>,
    ) -> Vec<Step<'n>> {
        let mut own = self.ladders(receiver).of(sender).steps;
        let (above, over) = (self.sovereign(sender), self.sovereign(receiver));
        let mut steps: Vec<Step<'n>> = Vec::new();
        steps.extend(above.map(|above| guard(Guard::SentBySovereign, Some(self.view.slug(above)))));
        steps.extend(over.map(|over| guard(Guard::Territory, Some(self.view.slug(over)))));
        if steps.is_empty() {
            return own;
        }
        let (to, from) = (over.unwrap_or(receiver), above.unwrap_or(sender));
        if from == to {
            own.retain(|step| step.rung != Rung::Nothing);
            steps.extend(own);
            steps.push(guard(Guard::OneSovereign, Some(self.view.slug(to))));
            return steps;
        }
        let covered = own.iter().any(|step| step.rung.covers());
        // Of the posts in the sovereign's land those count that lie in the territory, if it has none of its own.
        let here = self.view.slug(receiver);
        let local = |step: &Step<'_>| {
            let city = step.seat.as_ref().and_then(|seat| seat.city.as_deref());
            let cities = city.map(|city| self.view.network.gazetteer.cities_named(city)).unwrap_or_default();
            cities.iter().any(|city| city.entity == here)
        };
        let kept = |step: &Step<'_>| {
            step.rung.covers() && (over.is_none() || step.rung.represents() || !covered && local(step))
        };
        let through: Vec<Step<'n>> = self.ladders(to).of(from).steps.into_iter().filter(kept).collect();
        if !through.is_empty() && !covered {
            own.retain(|step| !matches!(step.rung, Rung::Nothing | Rung::AtTheUn));
        }
        steps.extend(own);
        steps.extend(through);
        steps
    }

    fn sovereign(&self, node: NodeIndex) -> Option<NodeIndex> {
        let entity = self.view.network.gazetteer.entity(self.view.slug(node))?;
        let parent = entity.parent.as_deref().filter(|_| entity.kind == EntityKind::Territory)?;
        self.view.network.node(parent)
    }

    /// Who stood or stands in the place of a state on the date: itself, or those before or after it.
    fn in_its_place(&self, slug: &'n str) -> Vec<&'n str> {
        self.view.network.gazetteer.in_the_place_of(slug, self.view.lens.as_of)
    }

    fn node(&self, slug: &str) -> Result<NodeIndex, QueryError> {
        let absent = || QueryError::Absent {
            name: self.view.network.gazetteer.display(slug).to_owned(),
            part_of: self
                .view
                .network
                .gazetteer
                .entity(slug)
                .and_then(|entity| entity.parent.as_deref().map(str::to_owned)),
        };
        self.view.network.node(slug).ok_or_else(absent)
    }
}
