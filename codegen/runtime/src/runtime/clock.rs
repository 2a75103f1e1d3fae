//! Time, and the random numbers for jitter.

use std::time::{Duration, SystemTime};

use super::future::BoxFuture;

/// The source of time and of the random numbers for jitter.
///
/// The default is [`SystemClock`]. With a clock of their own, tests retry without real delays:
///
/// ```
/// use std::sync::Mutex;
/// use std::time::{Duration, SystemTime};
///
/// use generated_crate::{BoxFuture, Client, Clock};
///
/// /// A clock that a sleep moves forward at once.
/// #[derive(Default)]
/// struct FakeClock(Mutex<Duration>);
///
/// impl Clock for FakeClock {
///     fn elapsed(&self) -> Duration {
///         *self.0.lock().unwrap()
///     }
///
///     fn now(&self) -> SystemTime {
///         SystemTime::UNIX_EPOCH + self.elapsed()
///     }
///
///     fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
///         *self.0.lock().unwrap() += duration;
///         Box::pin(std::future::ready(()))
///     }
///
///     fn random(&self) -> f64 {
///         0.0
///     }
/// }
///
/// // Without a timeout: on this clock, it would elapse at once.
/// let builder = Client::builder().clock(FakeClock::default()).timeout(None);
/// ```
pub trait Clock: Send + Sync + 'static {
    /// Returns the time since a fixed moment. It never decreases.
    fn elapsed(&self) -> Duration;

    /// Returns the current date and time. The client compares the date in `retry-after` with it.
    fn now(&self) -> SystemTime;

    /// Returns `true` if [`sleep`](Self::sleep) works here. Otherwise, calls fail with
    /// [`Error::Configuration`](crate::Error::Configuration).
    fn is_available(&self) -> bool {
        true
    }

    /// Returns a future that is ready after a duration.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns a random number from 0 to less than 1.
    fn random(&self) -> f64;
}

/// The clock of the system. It needs a running Tokio runtime with timers, or a browser on `wasm32`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[cfg(not(target_arch = "wasm32"))]
impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
        START.get_or_init(std::time::Instant::now).elapsed()
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn is_available(&self) -> bool {
        tokio::runtime::Handle::try_current().is_ok()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn random(&self) -> f64 {
        random()
    }
}

#[cfg(target_arch = "wasm32")]
impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        // The browser's monotonic clock would need another dependency.
        self.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
    }

    fn now(&self) -> SystemTime {
        // `SystemTime::now` panics on this platform.
        SystemTime::UNIX_EPOCH + Duration::from_secs_f64(js_sys::Date::now() / 1000.0)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // A browser counts milliseconds in 32 bits.
        Box::pin(gloo_timers::future::sleep(duration.min(Duration::from_millis(u32::MAX.into()))))
    }

    fn random(&self) -> f64 {
        random()
    }
}

/// Returns a random number, good enough for jitter: the standard library seeds each hash map at
/// random.
pub fn random() -> f64 {
    use std::hash::{BuildHasher, Hasher};
    let bits = std::hash::RandomState::new().build_hasher().finish();
    let high = u32::try_from(bits >> 32).unwrap_or_default();
    f64::from(high) / (f64::from(u32::MAX) + 1.0)
}
