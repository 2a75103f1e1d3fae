//! Ways to do the same thing, measured in turn.

use std::time::{Duration, Instant};

use crate::{allocations, command_line, results};

/// What is shorter is done several times between two looks at the clock, so that these cost nothing beside it.
const BETWEEN_LOOKS: Duration = Duration::from_micros(50);

/// How long each way is done before anything is measured.
const WARM_UP: Duration = Duration::from_millis(200);

/// Ways to do the same thing, which take turns, so that whatever else the machine does falls on all of them.
pub struct Turns<'a> {
    name: String,
    contenders: Vec<Contender<'a>>,
}

impl<'a> Turns<'a> {
    /// A benchmark of this name, without any way to do it so far.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), contenders: Vec::new() }
    }

    /// Adds a way. What it gives is dropped while the clock stands.
    #[must_use]
    pub fn with<T: 'a>(mut self, name: &'static str, mut act: impl FnMut() -> T + 'a) -> Self {
        let mut given = Vec::new();
        let repeat = move |count: u32| {
            given.reserve(count as usize);
            let (before, started) = (allocations::so_far(), Instant::now());
            given.extend((0..count).map(|_| act()));
            let measured = (started.elapsed(), allocations::so_far() - before);
            given.clear();
            measured
        };
        self.contenders.push(Contender {
            name,
            repeat: Box::new(repeat),
            count: 1,
            times: Vec::new(),
            allocations: u64::MAX,
        });
        self
    }

    /// Measures all of them, if the command line asks for it: each for this long, and at least once, before the next one
    /// has its turn. What is told is the median of the times and, where memory is counted, the fewest times that it was
    /// asked for.
    pub fn measure(mut self, turn: Duration) {
        if !command_line::is_chosen(&self.name) {
            return;
        }
        self.contenders.iter_mut().for_each(Contender::warm_up);
        let each = command_line::measurement_time();
        let end = Instant::now() + self.contenders.iter().map(|_| each).sum::<Duration>();
        while Instant::now() < end {
            for contender in &mut self.contenders {
                contender.take_turn(turn);
            }
        }
        let allocations: Vec<_> = self.contenders.iter().map(|each| (each.name, each.allocations as f64)).collect();
        if allocations.iter().any(|(_, times)| *times > 0.0) {
            results::write(&self.name, "allocations", &allocations);
        }
        let times: Vec<_> = self.contenders.iter_mut().map(|each| (each.name, each.median())).collect();
        results::write(&self.name, "ns", &times);
    }
}

/// A way to do it, and what it took.
struct Contender<'a> {
    name: &'static str,
    /// Does it as often as this, and tells how long it took and how often memory was asked for.
    repeat: Box<dyn FnMut(u32) -> (Duration, u64) + 'a>,
    /// How often it is done between two looks at the clock.
    count: u32,
    /// What it took each time, in nanoseconds.
    times: Vec<f64>,
    /// More than the fewest is a buffer of a connection that had to grow.
    allocations: u64,
}

impl Contender<'_> {
    /// Does it for a while, to find out how often it has to be done.
    fn warm_up(&mut self) {
        let mut done = 0;
        let started = Instant::now();
        while started.elapsed() < WARM_UP {
            (self.repeat)(1);
            done += 1;
        }
        let once = started.elapsed() / done;
        while once * self.count < BETWEEN_LOOKS {
            self.count += 1;
        }
    }

    fn take_turn(&mut self, length: Duration) {
        let started = Instant::now();
        loop {
            let (time, allocations) = (self.repeat)(self.count);
            self.times.push(time.as_secs_f64() * 1e9 / f64::from(self.count));
            self.allocations = self.allocations.min(allocations / u64::from(self.count));
            if started.elapsed() >= length {
                break;
            }
        }
    }

    fn median(&mut self) -> f64 {
        self.times.sort_by(f64::total_cmp);
        self.times.get(self.times.len() / 2).copied().unwrap_or_default()
    }
}
