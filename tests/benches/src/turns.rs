//! Competing implementations, measured in turns.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::command_line::Request;
use crate::{allocations, results};

/// The least time between two looks at the clock, so that reading it does not count.
///
/// Shorter work is repeated, equally often by each implementation.
const BETWEEN_LOOKS: Duration = Duration::from_micros(50);

/// The time that each implementation runs before it is measured.
const WARM_UP: Duration = Duration::from_millis(200);

/// Competing implementations that take turns, so that other load on the machine affects all of them alike.
pub struct Turns<'a> {
    name: String,
    contenders: Vec<Contender<'a>>,
}

impl<'a> Turns<'a> {
    /// Returns a benchmark with this name, and without an implementation.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), contenders: Vec::new() }
    }

    /// Adds an implementation. Dropping its results is not measured.
    #[must_use]
    pub fn with<T: 'a>(mut self, name: &'static str, mut act: impl FnMut() -> T + 'a) -> Self {
        let mut given = Vec::new();
        let repeat = move |count: u32| {
            given.reserve(count as usize);
            let (before, started) = (allocations::so_far(), Instant::now());
            given.extend((0..count).map(|_| act()));
            let measured = (started.elapsed(), allocations::so_far() - before);
            black_box(&mut given).clear();
            measured
        };
        self.contenders.push(Contender { name, repeat: Box::new(repeat), times: Vec::new(), allocations: u64::MAX });
        self
    }

    /// Measures the implementations in turns of this length, if the command line includes the benchmark.
    ///
    /// A turn of length zero is one call. The results are the median of the times and, if allocations are counted, the
    /// fewest allocations.
    pub fn measure(mut self, turn: Duration) {
        let request = Request::from_env();
        if !request.has(&self.name) {
            return;
        }
        let counts = self.contenders.iter_mut().map(Contender::warm_up);
        let count = counts.max().filter(|_| !turn.is_zero()).unwrap_or(1);
        let end = Instant::now() + self.contenders.iter().map(|_| request.measurement_time).sum::<Duration>();
        loop {
            for contender in &mut self.contenders {
                contender.take_turn(turn, count);
            }
            if Instant::now() >= end {
                break;
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

/// An implementation, and its measurements.
struct Contender<'a> {
    name: &'static str,
    /// Repeats the work this often, and returns the time and the number of allocations.
    repeat: Box<dyn FnMut(u32) -> (Duration, u64) + 'a>,
    /// The time of each repetition, in nanoseconds.
    times: Vec<f64>,
    /// The fewest of any repetition. Others may include a connection's buffer that had to grow.
    allocations: u64,
}

impl Contender<'_> {
    /// Runs for a while, and returns the number of repetitions between two looks at the clock.
    fn warm_up(&mut self) -> u32 {
        let started = Instant::now();
        let mut done = 0;
        loop {
            (self.repeat)(1);
            done += 1;
            let passed = started.elapsed();
            if passed >= WARM_UP {
                let times = BETWEEN_LOOKS.as_secs_f64() * f64::from(done) / passed.as_secs_f64();
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number")]
                return times.ceil() as u32;
            }
        }
    }

    fn take_turn(&mut self, length: Duration, count: u32) {
        let started = Instant::now();
        loop {
            let (time, allocations) = (self.repeat)(count);
            self.times.push(time.as_secs_f64() * 1e9 / f64::from(count));
            self.allocations = self.allocations.min(allocations / u64::from(count));
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{Contender, Turns};

    fn contenders<'a>(turns: Turns<'a>) -> [Contender<'a>; 1] {
        turns.contenders.try_into().unwrap_or_else(|_| panic!("there is one"))
    }

    #[test]
    fn turn_of_length_zero_is_one_call() {
        let done = Cell::new(0);
        let [mut contender] = contenders(Turns::new("x").with("ours", || done.set(done.get() + 1)));
        contender.take_turn(Duration::ZERO, 1);
        assert_eq!((done.get(), contender.times.len()), (1, 1));
    }

    #[test]
    fn reports_the_time_of_one_repetition() {
        let [mut contender] = contenders(Turns::new("x").with("ours", || thread::sleep(Duration::from_millis(2))));
        let started = Instant::now();
        contender.take_turn(Duration::ZERO, 5);
        let all = started.elapsed().as_secs_f64() * 1e9;
        let time = contender.median();
        assert_eq!(contender.times.len(), 1);
        assert!((2e6..=all / 5.0).contains(&time), "{time} ns of {all} ns");
    }

    #[test]
    fn drops_results_outside_of_the_measured_time() {
        struct Slow;
        impl Drop for Slow {
            fn drop(&mut self) {
                thread::sleep(Duration::from_millis(50));
            }
        }
        let [mut contender] = contenders(Turns::new("x").with("ours", || Slow));
        let started = Instant::now();
        contender.take_turn(Duration::ZERO, 1);
        let all = started.elapsed().as_secs_f64() * 1e9;
        assert!(contender.median() + 50e6 <= all, "{} ns of {all} ns", contender.median());
    }

    #[test]
    fn repeats_short_work_until_a_turn_is_full() {
        let [mut contender] = contenders(Turns::new("x").with("ours", || thread::sleep(Duration::from_millis(1))));
        assert_eq!(contender.warm_up(), 1);
        let [mut contender] = contenders(Turns::new("x").with("ours", || ()));
        assert!(contender.warm_up() > 100);
    }

    #[test]
    fn median_is_the_value_in_the_middle() {
        let [mut contender] = contenders(Turns::new("x").with("ours", || ()));
        contender.times = vec![5.0, 1.0, 30.0];
        assert_eq!(contender.median(), 5.0);
    }
}
